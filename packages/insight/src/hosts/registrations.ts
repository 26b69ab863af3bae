import { METHODS } from 'node:http'
import type { AnyApplication, StackLayer } from '../types/stack.js'
import { frameworkOf, ownerOf } from './framework-of.js'
import { noteRegistration, type Registration, registrationOf, traceBelow } from './registration-notes.js'

type Method = (this: unknown, ...args: unknown[]) => unknown

/** What is patched already. */
const watched = new WeakSet<object>()

/** The call that is under way: `app.get()` calls `router.route()`, whose layer was registered where `app.get` was called. */
const current = { trace: null as Error | null }

const VERBS = [...METHODS.map((method) => method.toLowerCase()), 'all']

/**
 * From now on, notes for each layer that is added to any router of the application's framework where that was done, with which
 * path, and which application was mounted. What was added before stays unknown.
 *
 * The methods are wrapped by proxies: they keep their names, their number of parameters, and what others put on them.
 */
export function watchRegistrations(app: AnyApplication): void {
  const framework = frameworkOf(app)
  if (framework === null) return
  watchApplication(app)
  if (watched.has(framework.routerPrototype)) return
  watched.add(framework.routerPrototype)
  const { routerPrototype, routePrototype } = framework
  for (const name of ['use', 'route', ...VERBS]) {
    watchMethod(routerPrototype, name, (args) => (startsWithHandler(args) ? '/' : args[0]))
  }
  for (const name of VERBS) watchMethod(routePrototype, name, () => undefined)
}

/** Replaces a method by one that notes the layers which it adds to the stack. */
function watchMethod(owner: object, name: string, pathOf: (args: unknown[]) => unknown): void {
  patch(owner, name, function noting(method, self, args) {
    const before = stackOf(self).length
    const isOutermost = current.trace === null
    const trace = (current.trace ??= traceBelow(noting))
    try {
      return Reflect.apply(method, self, args)
    } finally {
      if (isOutermost) current.trace = null
      noteAdded(stackOf(self), before, { trace, path: pathOf(args), mounted: null })
    }
  })
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
function watchApplication(app: AnyApplication): void {
  const owner = ownerOf(app, ['use'])
  if (owner === null || watched.has(owner)) return
  watched.add(owner)
  patch(owner, 'use', function noting(method, self, args) {
    const handlers = args.flat(Number.POSITIVE_INFINITY).filter((one) => typeof one === 'function')
    if (!handlers.some(isApplication)) return Reflect.apply(method, self, args)
    const stack = stackOf((self as AnyApplication).router)
    const before = stack.length
    const result: unknown = Reflect.apply(method, self, args)
    noteMounted(stack.slice(before), handlers)
    return result
  })
}

function noteMounted(layers: readonly StackLayer[], handlers: readonly unknown[]): void {
  if (layers.length !== handlers.length) return
  for (const [i, handler] of handlers.entries()) {
    const layer = layers[i] as StackLayer
    const registration = registrationOf(layer)
    if (registration === null || !isApplication(handler)) continue
    noteRegistration(layer, { ...registration, mounted: handler })
    watchApplication(handler)
  }
}

type Around = (method: Method, self: unknown, args: unknown[]) => unknown

function patch(owner: object, name: string, around: Around): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  if (typeof descriptor?.value !== 'function' || descriptor.writable !== true) return
  ;(owner as Record<string, unknown>)[name] = new Proxy(descriptor.value as Method, { apply: around })
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
