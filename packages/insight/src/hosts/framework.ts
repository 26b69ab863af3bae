import type { Framework } from '../types/framework.js'
import type { AnyApplication, StackLayer } from '../types/stack.js'

/** What is used of an application that nobody should have to call: how it makes its router. */
interface Initialisable {
  init?(): void
  handle?: unknown
  request?: object
  response?: object
  inject?: unknown
  router?: object
}

const known = new WeakMap<object, Framework | null>()

/** The framework that an application comes from; null for what is none of Express 5 or Nozomi. */
export function frameworkOf(app: AnyApplication): Framework | null {
  let framework = known.get(app)
  if (framework === undefined) {
    try {
      framework = readFramework(app as unknown as Initialisable)
    } catch {
      framework = null
    }
    known.set(app, framework)
  }
  return framework
}

function readFramework(app: Initialisable): Framework | null {
  const routerPrototype = prototypeOfRouters(app)
  const stack: StackLayer[] = []
  const scratch = Object.assign(Object.create(routerPrototype), { stack }) as { route(path: string): object }
  const route = scratch.route('/')
  return {
    publishes: ownerOf(app, 'inject') !== null && ownerOf(app, 'handle') !== app,
    application: ownerOf(app, 'handle') as object,
    request: withoutApplication(app.request as object),
    response: withoutApplication(app.response as object),
    routerPrototype,
    routePrototype: Object.getPrototypeOf(route) as object,
    layerPrototype: Object.getPrototypeOf(stack[0]) as object,
  }
}

/**
 * `Router.prototype`. The router of the application itself is not asked for: it is made when it is, with the settings of that
 * moment, and `case sensitive routing` may still be set. So a second application is made ready to ask, with nothing of the first
 * but its methods.
 */
function prototypeOfRouters(app: Initialisable): object {
  const scratch = Object.assign(Object.create(app), { _events: undefined, _eventsCount: 0 }) as Initialisable
  scratch.init?.()
  // A router is a function, its prototype an instance of what it was made with.
  return Object.getPrototypeOf(Object.getPrototypeOf(scratch.router)) as object
}

/** The object that has a member: the application itself (Express copies its methods), or one it inherits from (Nozomi). */
export function ownerOf(app: object, member: string): object | null {
  let owner: object | null = app
  while (owner !== null && !Object.hasOwn(owner, member))
    owner = Object.getPrototypeOf(owner) as object | null
  return owner
}

/** `express.request`: above what each application has of its own, and those that it is mounted in. */
function withoutApplication(prototype: object): object {
  let current = prototype
  while (Object.hasOwn(current, 'app')) current = Object.getPrototypeOf(current) as object
  return current
}
