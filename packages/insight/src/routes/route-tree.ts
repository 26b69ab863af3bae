import { routerOf } from '../layers/mounted-application.js'
import { joinPath, UNKNOWN_PATH } from '../layers/paths.js'
import type { LayerNode } from '../types/layer-tree.js'
import { joinPatterns, parsePath, type Pattern } from './pattern.js'

/** One path as it was registered; null where the layer did not keep it, and nobody watched. */
export type PathPart = string | RegExp | null

/** One of the full paths of a layer: as text, and taken apart. */
export interface FullPath {
  readonly text: string
  /** The paths of the mounts, outermost first, and that of the layer. */
  readonly parts: readonly PathPart[]
  /** Several when it has optional parts. */
  readonly patterns: readonly Pattern[]
}

/** A layer of the tree, with its full paths. */
export interface PlacedNode {
  readonly node: LayerNode
  readonly paths: readonly FullPath[]
}

const ROOT: readonly FullPath[] = [{ text: '', parts: [], patterns: parsePath('/', false) }]

/** All layers in the order in which a request meets them; those inside routers and applications behind the mount itself. */
export function flatten(nodes: readonly LayerNode[]): PlacedNode[] {
  const flat: PlacedNode[] = []
  // One list for all, and no spreading of lists: there may be very many layers.
  collect(nodes, ROOT, flat)
  return flat
}

function collect(nodes: readonly LayerNode[], prefixes: readonly FullPath[], flat: PlacedNode[]): void {
  for (const node of nodes) {
    const paths = fullPathsOf(node, prefixes)
    flat.push({ node, paths })
    if (node.kind === 'router' || node.kind === 'application') collect(node.children, paths, flat)
  }
}

/** As many as the tree tells apart, and no more: a path that is given twice is one. */
function fullPathsOf(node: LayerNode, prefixes: readonly FullPath[]): FullPath[] {
  const isSensitive = routerOf(node.owner)?.caseSensitive === true
  const known = new Set(node.fullPaths)
  const paths: FullPath[] = []
  for (const prefix of prefixes) {
    for (const path of node.paths) {
      const text = joinPath(prefix.text, path)
      if (!known.delete(text)) continue
      paths.push({
        text,
        parts: [...prefix.parts, isUnknown(node, path) ? null : path],
        patterns: joinPatterns(prefix.patterns, parsePath(path, isSensitive)),
      })
    }
  }
  return paths
}

/** On Nozomi, and from Express 5.3 on, a layer keeps its path: then it is the pattern `*` of Express 4. */
function isUnknown({ kind, layer }: LayerNode, path: string | RegExp): boolean {
  return path === UNKNOWN_PATH && kind !== 'route' && layer.rawPath === undefined
}
