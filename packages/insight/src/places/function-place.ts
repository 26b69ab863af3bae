import type { Place } from '../types/place.js'
import { Inspection, type RawLocation, type RemoteProperty } from './inspection.js'
import { mappedPlace } from './mapped-place.js'

type AnyFunction = (...args: never[]) => unknown

/** What was asked once stays true: a function does not move. */
const known = new WeakMap<object, Place | null>()

/** The URLs of the scripts that functions were found in. Bounded: who evaluates text makes ever more scripts. */
const scriptUrls = new Map<string, string>()
const MOST_SCRIPTS = 10_000

/** So many are asked about in one connection; each needs a handle in the inspector. */
const BATCH = 1_000

/** How many times a bound function or a proxy is followed to what it calls. */
const MOST_TARGETS = 10
const TARGETS = new Set(['[[TargetFunction]]', '[[Target]]'])

/**
 * Where a function was written: its file, line and column, mapped by a source map where node has one. Of a bound function and
 * a proxy it is the place of what they call, and so of the wrappers that agents for monitoring make.
 *
 * @returns null for native functions, for what was made from a text without a name (`new Function`), and where there is no
 * inspector.
 */
export function placeOfFunction(fn: unknown): Place | null {
  if (typeof fn !== 'function') return null
  const place = known.get(fn)
  if (place !== undefined) return place
  locate([fn])
  return known.get(fn) ?? null
}

/** Where agents keep the function that they have wrapped. */
const WRAPPED = ['__original', '__sentry_original__']

/** The function that an agent has wrapped, or the function itself. */
function withoutWrappers(fn: AnyFunction): AnyFunction {
  let inner = fn
  for (let i = 0; i < MOST_TARGETS; i++) {
    const next = wrappedBy(inner)
    if (next === undefined) break
    inner = next
  }
  return inner
}

/** No getter runs; a proxy may refuse. */
function wrappedBy(fn: AnyFunction): AnyFunction | undefined {
  try {
    const values = WRAPPED.map((name) => Object.getOwnPropertyDescriptor(fn, name)?.value as unknown)
    return values.find((value): value is AnyFunction => typeof value === 'function')
  } catch {
    return undefined
  }
}

/** Finds the places of many functions in one connection, so that `placeOfFunction` knows them. */
export function locate(functions: Iterable<unknown>): void {
  const unknown = new Set<AnyFunction>()
  for (const fn of functions) {
    if (typeof fn === 'function' && !known.has(fn)) unknown.add(fn as AnyFunction)
  }
  const list = [...unknown]
  for (let i = 0; i < list.length; i += BATCH) locateBatch(list.slice(i, i + BATCH))
}

function locateBatch(functions: readonly AnyFunction[]): void {
  const locations = Inspection.about(functions.map(withoutWrappers), (inspection, ids) => {
    const found = ids.map((id) => (id === undefined ? null : locationOf(inspection, id)))
    rememberUrls(inspection, found)
    return found
  })
  for (const [i, fn] of functions.entries()) {
    const location = locations?.[i]
    const url = location ? scriptUrls.get(location.scriptId) : undefined
    // What was evaluated without a name is `evalmachine.<anonymous>`.
    const isNamed = url !== undefined && url !== '' && !url.endsWith('<anonymous>')
    known.set(fn, location && isNamed ? mappedPlace(url, location.lineNumber, location.columnNumber) : null)
  }
}

function locationOf(inspection: Inspection, functionId: string): RawLocation | null {
  let id: string | undefined = functionId
  for (let i = 0; id !== undefined && i < MOST_TARGETS; i++) {
    const properties: RemoteProperty[] = inspection.propertiesOf(id).internalProperties ?? []
    const location = properties.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value
    if (location) return location as RawLocation
    id = properties.find(({ name }) => TARGETS.has(name))?.value?.objectId
  }
  return null
}

function rememberUrls(inspection: Inspection, locations: readonly (RawLocation | null)[]): void {
  const wanted = new Set<string>()
  for (const location of locations) {
    if (location && !scriptUrls.has(location.scriptId)) wanted.add(location.scriptId)
  }
  if (wanted.size === 0) return
  const urls = inspection.urlsOf(wanted)
  if (scriptUrls.size + urls.size > MOST_SCRIPTS) scriptUrls.clear()
  for (const [id, url] of urls) scriptUrls.set(id, url)
}
