import { relative, isAbsolute } from 'node:path'
import { applicationPlace } from '../places/application-place.js'
import { placeOfFunction } from '../places/function-place.js'
import type { Place } from '../types/place.js'
import type { CallSite } from './call-site.js'
import type { RunState } from './request-state.js'

/*
 * Handlers and places, as words of a sentence.
 */

/** How often a wrapper is followed to what it wraps. */
const MOST_WRAPPERS = 5

/** Where a handler stands; of one that an agent has wrapped in the usual way, where the wrapped one does. */
export function placeOfRun(run: RunState): Place | null {
  return placeOfFunction(unwrap(run.handler))
}

/** Wrappers of agents say by `__original` what they stand for. */
export function unwrap(handler: unknown): unknown {
  let inner = handler
  for (let i = 0; i < MOST_WRAPPERS && typeof inner === 'function'; i++) {
    const { __original: original } = inner as { __original?: unknown }
    if (typeof original !== 'function') break
    inner = original
  }
  return inner
}

/** Where the application called; null where it did not: the call came out of a stream, or a timer of a package. */
export function placeOfSite(site: CallSite | null): Place | null {
  return site === null ? null : applicationPlace(site)
}

/** `src/orders.js:12:3`, from the folder that the process runs in. */
export function formatPlace({ file, line, column }: Place): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file
  const shown = path.startsWith('..') ? file : path.replaceAll('\\', '/')
  return `${shown}:${line}:${column}`
}

/** `the handler 'loadOrder' (src/orders.js:12:3)`. */
export function nameRun(run: RunState): string {
  const place = placeOfRun(run)
  const { name } = run
  const words = KIND_WORDS[run.kind]
  const named =
    name === '<anonymous>' ? `${words.article} ${words.noun} without a name` : `the ${words.noun} '${name}'`
  return place === null ? named : `${named} (${formatPlace(place)})`
}

/** `at src/orders.js:12:3`; or by whom, where only that is known. */
export function nameSite(site: CallSite | null, run: RunState | null): string {
  const place = placeOfSite(site)
  if (place !== null) return `at ${formatPlace(place)}`
  return run === null ? 'at an unknown place' : `by ${nameRun(run)}`
}

/** `GET /orders/7`, shortened. */
export function nameRequest({ method, url }: { readonly method: string; readonly url: string }): string {
  return `${method} ${url.length > 200 ? `${url.slice(0, 200)}…` : url}`
}

export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`
}

const KIND_WORDS: Record<RunState['kind'], { article: string; noun: string }> = {
  application: { article: 'an', noun: 'application' },
  router: { article: 'a', noun: 'router' },
  route: { article: 'a', noun: 'route' },
  handler: { article: 'a', noun: 'handler' },
  middleware: { article: 'a', noun: 'middleware' },
  'error-handler': { article: 'an', noun: 'error handler' },
  param: { article: 'a', noun: 'callback of param()' },
}
