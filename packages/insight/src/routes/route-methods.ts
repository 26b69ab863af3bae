import type { LayerNode } from '../types/layer-tree.js'
import type { StackRoute } from '../types/stack.js'
import { takesNoNext } from './takes-no-next.js'

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

/**
 * The handler of a route that is taken to answer a method: one that takes no `next`, else the last one of the method. Those for
 * every method are guards when they take `next`, as in `app.all('/admin/*path', requireAdmin)`: there may be none.
 */
export function answererOf(route: LayerNode, method: string): LayerNode | null {
  const running = route.children.filter(
    ({ handler, layer }) => (!layer.method || layer.method === method) && (handler?.length ?? 0) <= 3,
  )
  // `app.all()` adds each handler for each method: then none is for one method.
  const isForAll = route.methods.length === 0 && !route.layer.route?.methods?.['_all']
  const ofMethod = isForAll ? -1 : running.findLastIndex(({ layer }) => layer.method)
  const certain = running.findIndex(({ handler }) => handler !== null && takesNoNext(handler))
  if (certain !== -1 && (ofMethod === -1 || certain < ofMethod)) return running[certain] as LayerNode
  if (ofMethod !== -1) return running[ofMethod] as LayerNode
  const last = running.at(-1)
  return last !== undefined && (last.handler?.length ?? 0) < 3 ? last : null
}
