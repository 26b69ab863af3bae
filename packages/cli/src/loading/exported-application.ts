import { EventEmitter } from 'node:events'
import { type Application, isApplication } from './application.js'
import { applicationOf } from './held-servers.js'

/**
 * The application that a module exports: as its default, as `app`, or as `module.exports`; the server that was made for it; or a
 * function or promise that gives one of these. Null when there is none.
 */
export async function exportedApplication(module: object): Promise<Application | null> {
  const values = candidatesOf(module)
  for (const value of values) {
    const app = await applicationIn(value)
    if (app) return app
  }
  for (const value of values) {
    const app = isFactory(value) ? await applicationIn(value()) : null
    if (app) return app
  }
  return null
}

/** What is imported of a CommonJS module has its exports as the default; of one that was an ES module, in there once more. */
function candidatesOf(module: object): unknown[] {
  const namespace = module as Record<string, unknown>
  const main = namespace['default']
  const inner = typeof main === 'object' && main !== null ? (main as Record<string, unknown>) : {}
  const values = [main, namespace['app'], namespace['module.exports'], inner['default'], inner['app']]
  return [...new Set(values)].filter((value) => value !== undefined && value !== null)
}

async function applicationIn(value: unknown): Promise<Application | null> {
  if (isApplication(value)) return value
  const settled: unknown = value instanceof Promise ? await value : value
  if (isApplication(settled)) return settled
  if (settled instanceof EventEmitter) return applicationOf(settled)
  const { app } = (settled ?? {}) as { app?: unknown }
  return isApplication(app) ? app : null
}

function isFactory(value: unknown): value is () => unknown {
  return typeof value === 'function' && !isApplication(value) && !/^class\b/u.test(String(value))
}
