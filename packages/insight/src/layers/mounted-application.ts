import { isApplication } from '../hosts/registrations.js'
import { registrationOf } from '../hosts/registration-notes.js'
import { closureValues } from '../places/closure-values.js'
import type { AnyApplication, StackLayer, StackRouter } from '../types/stack.js'

/** Where Nozomi says which application stands behind a `mounted_app`. */
const MOUNTED = Symbol.for('nozomi.mounted')

/** What was found in closures: `mounted_app` functions, and the applications whose router is made. */
const foundBehind = new WeakMap<object, AnyApplication | null>()
const madeRouters = new WeakSet<object>()

/** The application behind a layer: mounted by `app.use`, or put into a router as a handler; null when there is none. */
export function mountedApplication(layer: StackLayer): AnyApplication | null {
  const { handle } = layer
  if (typeof handle !== 'function') return null
  if (isApplication(handle)) return handle
  const told = (handle as { [MOUNTED]?: unknown })[MOUNTED]
  if (isApplication(told)) return told
  return registrationOf(layer)?.mounted ?? (handle.name === 'mounted_app' ? applicationBehind(handle) : null)
}

function applicationBehind(handle: (...args: never[]) => unknown): AnyApplication | null {
  let application = foundBehind.get(handle)
  if (application === undefined) {
    application = closureValues(handle)?.flat().find(isApplication) ?? null
    foundBehind.set(handle, application)
  }
  return application
}

/**
 * The router of an application, or the router itself; null when the application has none yet.
 *
 * To ask `app.router` makes it, with the settings of that moment: `case sensitive routing` set later would not count. So the
 * getter is looked into first.
 */
export function routerOf(owner: AnyApplication | StackRouter): StackRouter | null {
  if (Array.isArray((owner as StackRouter).stack)) return owner as StackRouter
  if (!madeRouters.has(owner) && isUnmade(owner)) return null
  madeRouters.add(owner)
  try {
    const { router } = owner as AnyApplication
    return router !== undefined && Array.isArray(router.stack) ? router : null
  } catch {
    // A mounted application of Express 4 throws.
    return null
  }
}

/** The getter has closed over the variable that holds the router: null until it is made. */
function isUnmade(owner: object): boolean {
  const getter = Object.getOwnPropertyDescriptor(owner, 'router')?.get
  const nearest = getter && closureValues(getter)?.[0]
  if (!nearest?.includes(null)) return false
  return !nearest.some((value) => Array.isArray((value as StackRouter | null)?.stack))
}

/** What stands behind a layer and has layers of its own: a mounted application, a router; null for a function. */
export function ownerInside(layer: StackLayer): AnyApplication | StackRouter | null {
  const mounted = mountedApplication(layer)
  if (mounted !== null) return mounted
  const { handle } = layer as { handle?: StackRouter }
  return Array.isArray(handle?.stack) ? handle : null
}
