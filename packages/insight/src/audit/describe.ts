import { relative } from 'node:path'
import type { LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import type { Step } from './steps.js'

/** A layer as findings name it: `GET /users/:id`, `the router at /api`, `requireUser`. */
export function describe({ node }: Step): string {
  const path = node.fullPaths.join(', ') || '/'
  if (node.kind === 'route') return `${methodsOf(node)} ${path}`
  if (node.kind === 'router') return `the router at ${path}`
  if (node.kind === 'application') return `the application at ${path}`
  return path === '/' ? nameOf(node) : `${nameOf(node)} at ${path}`
}

/** The name of a function; for one that has none, what it is. */
export function nameOf(node: LayerNode): string {
  if (isNamed(node)) return node.name
  return node.kind === 'error-handler' ? 'an error handler without a name' : 'a handler without a name'
}

export function isNamed({ name }: LayerNode): boolean {
  return name !== '' && name !== '<anonymous>'
}

/** `GET /a, GET /b and 3 more`. */
export function describeAll(steps: readonly Step[]): string {
  const shown = [...new Set(steps.map(describe))]
  const left = shown.length - MOST_NAMED
  if (left > 0) return `${shown.slice(0, MOST_NAMED).join(', ')} and ${left} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '')
}

const MOST_NAMED = 3

/**
 * Where to look: where it was registered; else where its function, or its first handler, stands, if that is in the
 * application itself.
 */
export function placeOf(node: LayerNode): Place | null {
  if (node.registeredAt) return node.registeredAt
  const defined = [node, ...node.children].map(({ definedAt }) => definedAt)
  return defined.find((place) => place !== null && !isForeign(place)) ?? null
}

function isForeign({ file }: Place): boolean {
  return /[\\/]node_modules[\\/]|^node:/u.test(file)
}

function methodsOf({ methods }: LayerNode): string {
  return methods.length === 0 ? 'every method of' : methods.join(', ')
}

/**
 * `src/orders.ts:12:5`, as terminals make it clickable. Files in or below the folder, which is the working directory if nobody
 * says otherwise, are named from there.
 */
export function formatPlace({ file, line, column }: Place, folder = process.cwd()): string {
  const near = relative(folder, file)
  const isOutside = near === '' || near.startsWith('..') || near.includes(':')
  return `${isOutside ? file : near}:${line}:${column}`
}
