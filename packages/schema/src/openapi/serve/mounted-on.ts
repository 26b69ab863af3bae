import {
  type AnyApplication,
  type AnyHandler,
  type LayerNode,
  readLayers,
  type StackRouter,
} from '@nozomi/insight/layers'

/** The path that a handler has in an application, `/` where it has none; null when it is not one of its layers. */
export function pathOfHandler(app: AnyApplication | StackRouter, handler: AnyHandler): string | null {
  return pathIn(readLayers(app), handler)
}

function pathIn(nodes: readonly LayerNode[], handler: AnyHandler): string | null {
  for (const node of nodes) {
    if (node.handler === handler) return node.fullPaths[0] ?? '/'
    const inside = pathIn(node.children, handler)
    if (inside !== null) return inside
  }
  return null
}
