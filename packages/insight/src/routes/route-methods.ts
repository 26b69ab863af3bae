import type { StackRoute } from '../types/stack.js'

/** What Express and Nozomi ask their routes. */
interface AskableRoute extends StackRoute {
  _handlesMethod?(method: string): unknown
  _methods?(): unknown
}

/** Whether a route takes a method, asked as the router asks it. HEAD is taken by GET. */
export function takesMethod(route: AskableRoute, method: string): boolean {
  if (typeof route._handlesMethod === 'function') return Boolean(route._handlesMethod(method))
  const { methods } = route
  return Boolean(methods?.['_all'] ?? methods?.[effectiveMethod(route, method)])
}

/** What a route adds to the `Allow` of an automatic answer. */
export function methodsOfRoute(route: AskableRoute): string[] {
  const methods = typeof route._methods === 'function' ? route._methods() : Object.keys(route.methods ?? {})
  return Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : []
}

/** In lower case; GET's handlers for HEAD, unless the route has some of its own. */
export function effectiveMethod(route: StackRoute, method: string): string {
  const name = method.toLowerCase()
  return name === 'head' && !route.methods?.['head'] ? 'get' : name
}
