import type { LayerNode } from '../types/layer-tree.js'
import { joinPatterns, parsePath, type Pattern } from './pattern.js'

/** A layer of the tree, with the patterns of its full paths. */
export interface PlacedNode {
  readonly node: LayerNode
  readonly patterns: readonly Pattern[]
}

const ROOT: readonly Pattern[] = [{ segments: [], isOpen: false }]

/** All layers in the order in which a request meets them; those inside routers and applications behind the mount itself. */
export function flatten(nodes: readonly LayerNode[], prefixes: readonly Pattern[] = ROOT): PlacedNode[] {
  const flat: PlacedNode[] = []
  // One list for all, and no spreading of lists: there may be very many layers.
  collect(nodes, prefixes, flat)
  return flat
}

function collect(nodes: readonly LayerNode[], prefixes: readonly Pattern[], flat: PlacedNode[]): void {
  for (const node of nodes) {
    const patterns = joinPatterns(prefixes, node.paths.flatMap(parsePath))
    flat.push({ node, patterns })
    if (node.kind === 'router' || node.kind === 'application') collect(node.children, patterns, flat)
  }
}
