import type { Framework } from '../types/framework.js'
import type { AnyApplication, StackRouter } from '../types/stack.js'

/*
 * The framework that an application comes from, found from the application alone: a program may hold several copies of
 * Express, and which of them made this one, only the application can say.
 */

/** On the prototype of Nozomi's applications: it publishes by itself. */
const publishes = Symbol.for('nozomi.publishes')

type Members = Record<string | symbol, unknown>
type Method = (this: unknown, ...args: unknown[]) => unknown
type Sibling = { readonly router?: StackRouter; init: Method }

/** Null for what is no application of Express 5 or Nozomi. */
export function frameworkOf(app: AnyApplication): Framework | null {
  const known = frameworks.get(app)
  if (known !== undefined) return known
  const found = findFramework(app)
  if (found !== null) frameworks.set(app, found)
  return found
}

const frameworks = new WeakMap<AnyApplication, Framework>()

function findFramework(app: AnyApplication): Framework | null {
  if (typeof app !== 'function') return null
  const { request, response } = app as unknown as { request?: object; response?: object }
  const routerPrototype = ownerOf(routerLikeThatOf(app), ['use', 'route', 'param'])
  const parts = routerPrototype === null ? null : partsOf(routerPrototype)
  const application = ownerOf(app, ['handle', 'use', 'set'])
  if (parts === null || routerPrototype === null || application === null) return null
  return {
    publishes: (app as unknown as Members)[publishes] === true,
    application,
    request: ownerOf(request, ['accepts', 'get']) ?? {},
    response: ownerOf(response, ['json', 'send']) ?? {},
    routerPrototype,
    ...parts,
  }
}

/**
 * A router of the same kind as the application's. Not its own, if that can be helped: an application makes it when it is
 * first asked for, by the settings of that moment, and would no longer listen to those that are about to be set.
 */
function routerLikeThatOf(app: AnyApplication): unknown {
  return attempt(() => siblingOf(app).router) ?? attempt(() => app.router)
}

/** Applications are changed by anybody, and those of Express 4 throw when they are asked for a router. */
function attempt<T>(get: () => T): T | undefined {
  try {
    return get()
  } catch {
    return undefined
  }
}

/** Another application with the methods of this one, and a state of its own; good for nothing but to be asked for a router. */
function siblingOf(app: AnyApplication): Sibling {
  const sibling = Object.create(Object.getPrototypeOf(app) as object) as Members & Sibling
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(app))) {
    if (typeof value === 'function') sibling[name] = value
  }
  sibling.init()
  return sibling
}

type Parts = Pick<Framework, 'routePrototype' | 'layerPrototype'>

/** Of each copy of Express: `route()` is patched by those who watch what is registered, and is called once for nothing. */
const partsOfRouters = new WeakMap<object, Parts>()

/** The prototypes of routes and layers, from one of each. */
function partsOf(routerPrototype: object): Parts | null {
  const known = partsOfRouters.get(routerPrototype)
  if (known !== undefined) return known
  const scratch = Object.assign(Object.create(routerPrototype) as object, { stack: [] as object[] })
  const route = attempt(() => ((routerPrototype as Members)['route'] as Method).call(scratch, '/'))
  const layerPrototype = ownerOf(scratch.stack[0], ['handleRequest', 'handleError'])
  const routePrototype = ownerOf(route, ['dispatch', 'all'])
  if (layerPrototype === null || routePrototype === null) return null
  const parts = { layerPrototype, routePrototype }
  partsOfRouters.set(routerPrototype, parts)
  return parts
}

/** The object of a prototype chain that has these members as its own. */
export function ownerOf(object: unknown, names: readonly string[]): object | null {
  let owner = object as object | null | undefined
  while (owner !== null && owner !== undefined) {
    const here = owner
    if (names.every((name) => Object.hasOwn(here, name))) return here
    owner = Object.getPrototypeOf(here) as object | null
  }
  return null
}
