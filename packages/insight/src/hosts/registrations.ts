import { METHODS } from 'node:http'
import type { AnyApplication, StackLayer } from '../types/stack.js'
import { frameworkOf, ownerOf } from './framework-of.js'
import { SharedPatch, replaceMethod } from './shared-patch.js'
import { noteRegistration, type Registration, registrationOf, traceBelow } from './registration-notes.js'

type Method = (this: never, ...args: never[]) => unknown

/** The call that is under way: `app.get()` calls `router.route()`, whose layer was registered where `app.get` was called. */
const current = { trace: null as Error | null }

const VERBS = [...METHODS.map((method) => method.toLowerCase()), 'all']

const routerPatch = new SharedPatch<object>((prototype) =>
  watchMethods(prototype, ['use', 'route', ...VERBS], (args) => (startsWithHandler(args) ? '/' : args[0])),
)
const routePatch = new SharedPatch<object>((prototype) => watchMethods(prototype, VERBS, () => undefined))
const applicationPatch = new SharedPatch<object>(watchUse)

/**
 * From now on, notes for each layer that is added to any router of the application's framework where that was done, with which
 * path, and which application was mounted. What was added before stays unknown.
 *
 * The methods are wrapped by proxies: they keep their names, their number of parameters, and what others put on them.
 *
 * @returns what ends it; what was noted stays known.
 */
export function watchRegistrations(app: AnyApplication): () => void {
  const framework = frameworkOf(app)
  if (framework === null) return () => {}
  const releases = [
    holdApplication(app),
    routerPatch.hold(framework.routerPrototype),
    routePatch.hold(framework.routePrototype),
  ]
  return () => {
    for (const release of releases) release()
  }
}

/** Replaces methods by such that note the layers which they add to the stack. */
function watchMethods(
  owner: object,
  names: readonly string[],
  pathOf: (args: unknown[]) => unknown,
): () => void {
  const undo = names.map((name) =>
    around(owner, name, function noting(method, self, args) {
      const before = stackOf(self).length
      const isOutermost = current.trace === null
      const trace = (current.trace ??= traceBelow(noting))
      try {
        return Reflect.apply(method, self as never, args as never[])
      } finally {
        if (isOutermost) current.trace = null
        noteAdded(stackOf(self), before, { trace, path: pathOf(args), mounted: null })
      }
    }),
  )
  return () => {
    for (const one of undo) one()
  }
}

function noteAdded(stack: readonly StackLayer[], before: number, registration: Registration): void {
  for (let i = before; i < stack.length; i++) {
    const layer: unknown = stack[i]
    if (typeof layer !== 'object' || layer === null) continue
    if (registrationOf(layer) === null) noteRegistration(layer, registration)
  }
}

/**
 * Stock Express gives every application its own methods, so each is watched by itself: the first one, and those mounted on it,
 * from then on.
 */
function holdApplication(app: AnyApplication): () => void {
  const owner = ownerOf(app, ['use'])
  return owner === null ? () => {} : applicationPatch.hold(owner)
}

function watchUse(owner: object): () => void {
  const undo: (() => void)[] = []
  const seen = new WeakSet<object>()
  const noteMounted = (layers: readonly StackLayer[], handlers: readonly unknown[]) => {
    if (layers.length !== handlers.length) return
    for (const [i, handler] of handlers.entries()) {
      const layer = layers[i] as StackLayer
      const registration = registrationOf(layer)
      if (registration === null || !isApplication(handler)) continue
      noteRegistration(layer, { ...registration, mounted: handler })
      const inner = ownerOf(handler, ['use'])
      if (inner === null || inner === owner || seen.has(inner)) continue
      seen.add(inner)
      undo.push(applicationPatch.hold(inner))
    }
  }
  undo.push(
    around(owner, 'use', (method, self, args) => {
      const handlers = args.flat(Number.POSITIVE_INFINITY).filter((one) => typeof one === 'function')
      if (!handlers.some(isApplication)) return Reflect.apply(method, self as never, args as never[])
      const stack = stackOf((self as AnyApplication).router)
      const before = stack.length
      const result: unknown = Reflect.apply(method, self as never, args as never[])
      noteMounted(stack.slice(before), handlers)
      return result
    }),
  )
  return () => {
    for (const one of undo.splice(0)) one()
  }
}

type Around = (method: Method, self: unknown, args: unknown[]) => unknown

/** Puts a proxy around a method; gives what takes it away. */
function around(owner: object, name: string, run: Around): () => void {
  return replaceMethod<Method>(owner, name, (original, state) => {
    const apply: Around = (method, self, args) =>
      state.isOn ? run(method, self, args) : Reflect.apply(method, self as never, args as never[])
    return new Proxy(original, { apply })
  })
}

/** Nothing that somebody has put in the place of a stack may make a registration fail. */
function stackOf(owner: unknown): readonly StackLayer[] {
  try {
    const stack = (owner as { stack?: unknown } | null | undefined)?.stack
    return Array.isArray(stack) ? (stack as StackLayer[]) : []
  } catch {
    return []
  }
}

/** Parity: how `use()` tells whether its first argument is a path. */
function startsWithHandler(args: readonly unknown[]): boolean {
  let first = args[0]
  while (Array.isArray(first) && first.length !== 0) first = first[0]
  return typeof first === 'function'
}

/** Parity: whatever has `handle` and `set` is an application. */
export function isApplication(value: unknown): value is AnyApplication {
  if (typeof value !== 'function') return false
  const { handle, set } = value as { handle?: unknown; set?: unknown }
  return typeof handle === 'function' && typeof set === 'function'
}
