import { methods } from '../routing/methods.js'
import type { ParamHandle, Path } from '../routing/messages.js'
import type { Route } from '../routing/route.js'
import type { ApplicationState } from './state.js'

type Verb = (...handlers: unknown[]) => Route

export const verbMembers: object & ThisType<ApplicationState> = {
  /** A Route for a path, whose verbs can be chained. */
  route(path: Path): Route {
    return this.router.route(path)
  },

  /** Adds a callback for one parameter name or several. */
  param(name: string | string[], handle: ParamHandle): ApplicationState {
    if (Array.isArray(name)) for (const one of name) this.param(one, handle)
    else this.router.param(name, handle)
    return this
  },

  /** Adds handlers for every method. */
  all(path: Path, ...handlers: unknown[]): ApplicationState {
    const route = this.route(path) as unknown as Record<string, Verb>
    // Parity: one entry for each method, and not the Route's own `all()`: OPTIONS lists them all.
    for (const method of methods) route[method]?.(...handlers)
    return this
  },
}

for (const method of methods) {
  const verb = function addRoute(this: ApplicationState, path: Path, ...handlers: unknown[]): unknown {
    // Parity: `app.get(name)` with nothing else reads a setting.
    if (method === 'get' && arguments.length === 1) return this.set(path as string)
    const route = this.route(path) as unknown as Record<string, Verb>
    route[method]?.(...handlers)
    return this
  }
  Object.assign(verbMembers, { [method]: verb })
}
