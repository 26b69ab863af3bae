import { type AnyApplication, type LayerNode, readLayers, type StackRouter } from '@nozomi/insight/layers'

/** What a layer of `version()` or `deprecation()` says of all routes behind it. */
export interface VersionMark {
  /** Null where it is no version, but a part of one. */
  readonly name: string | null
  readonly isDeprecated: boolean
}

/** The marks of the layers around a route, the outermost first. */
export type MarksOf = (route: LayerNode) => readonly VersionMark[]

/**
 * Reads the marks of an application. They count for what is inside of their layers: other routes may have the same paths, where a field
 * chooses the version, and one router may be in several versions.
 */
export function readMarks(app: AnyApplication | StackRouter): MarksOf {
  const known = new Map<object, Map<string, readonly VersionMark[]>>()
  const walk = (nodes: readonly LayerNode[], around: readonly VersionMark[]): void => {
    for (const node of nodes) {
      if (node.kind === 'route') {
        const byPath = known.get(node.layer) ?? new Map<string, readonly VersionMark[]>()
        const path = pathOf(node)
        if (!byPath.has(path)) byPath.set(path, around)
        known.set(node.layer, byPath)
        continue
      }
      const { '~version': mark } = node.layer as { '~version'?: VersionMark }
      walk(node.children, mark === undefined ? around : [...around, mark])
    }
  }
  walk(readLayers(app), [])
  return (route) => known.get(route.layer)?.get(pathOf(route)) ?? []
}

function pathOf({ fullPaths }: LayerNode): string {
  return fullPaths.join(' ')
}
