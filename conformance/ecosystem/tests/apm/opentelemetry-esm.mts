// What a user loads with --import for ES modules: the loader hook first, then the same setup.
import { register } from 'node:module'

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url)
await import('./opentelemetry.cjs')
