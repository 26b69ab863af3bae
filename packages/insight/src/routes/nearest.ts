import type { LayerNode } from '../types/layer-tree.js'
import type { StackRoute } from '../types/stack.js'
import { comparePath, type Comparison } from './compare-path.js'
import type { Difference, NearRoute } from './explanation.js'
import { requestTarget } from './request-target.js'
import { flatten, type PlacedNode } from './route-tree.js'
import { takesMethod } from './route-methods.js'
import { placeOf } from './routes.js'
import { type Owner, type Stacks, Walk } from './walk.js'

/*
 * The routes that nearly take a request. All are compared as text, which is cheap. The best few are then asked: what is shown as
 * the path to use has gone through the layers, and come to that route.
 */

interface Request {
  readonly app: Owner
  readonly nodes: readonly LayerNode[]
  readonly stacks: Stacks
  readonly method: string
  readonly url: string
}

interface Candidate extends Comparison {
  readonly node: LayerNode
}

/** So many are asked, each through the whole stack. */
const MOST_ASKED = 8
const MOST_SHOWN = 5
const MOST_SEGMENTS = 50
const METHOD_COST = 8
/** A slash too many or too few, and nothing else. */
const SLASH_COST = 4

/** The nearest first; none when nothing is like it. */
export function nearestRoutes(request: Request): NearRoute[] {
  const [path, query] = splitQuery(request.url)
  const segments = path.split('/').filter(Boolean)
  if (segments.length > MOST_SEGMENTS) return []
  const candidates = new Candidates()
  for (const placed of flatten(request.nodes)) {
    if (placed.node.kind !== 'route') continue
    const found = compare(placed, segments, request.method)
    if (found !== null) candidates.add({ ...found, node: placed.node })
  }
  const near: NearRoute[] = []
  for (const one of candidates.best) {
    const confirmed = confirm(request, one, path, query)
    if (confirmed !== null) near.push(confirmed)
    if (near.length === MOST_SHOWN) break
  }
  return near
}

/** The best few of many, in order. */
class Candidates {
  readonly best: Candidate[] = []

  add(one: Candidate): void {
    const last = this.best[MOST_ASKED - 1]
    if (last !== undefined && last.cost <= one.cost) return
    const index = this.best.findIndex(({ cost }) => cost > one.cost)
    this.best.splice(index === -1 ? this.best.length : index, 0, one)
    this.best.length = Math.min(this.best.length, MOST_ASKED)
  }
}

function compare(
  { node, paths }: PlacedNode,
  segments: readonly string[],
  method: string,
): Comparison | null {
  let nearest: Comparison | null = null
  for (const pattern of paths.flatMap(({ patterns }) => patterns)) {
    const one = comparePath(segments, pattern)
    if (one !== null && (nearest === null || one.cost < nearest.cost)) nearest = one
  }
  if (nearest === null) return null
  if (takesMethod(node.layer.route as StackRoute, method)) {
    return nearest.cost === 0 ? { ...nearest, cost: SLASH_COST } : nearest
  }
  // Another method and another path: that is another route.
  if (nearest.differs.includes('segment')) return null
  const note = `takes ${node.methods.join(', ')}, not ${method}`
  return {
    ...nearest,
    cost: nearest.cost + METHOD_COST,
    differs: [...nearest.differs, 'method'],
    notes: [...nearest.notes, note],
  }
}

/** Asks the layers whether what would be said is true; null when it is not. */
function confirm(request: Request, candidate: Candidate, path: string, query: string): NearRoute | null {
  const { node, instead } = candidate
  const method = candidate.differs.includes('method') ? (node.methods[0] ?? request.method) : request.method
  if (instead === null) return nearRoute(candidate, method, candidate.differs, candidate.notes, null)
  const slash = path.endsWith('/') && path !== '/' ? '/' : ''
  const other = slash === '' ? '/' : ''
  const fixed = `/${instead.join('/')}`
  // As a client would send it: a path that is registered with other letters than a request can have is never reached.
  const comesTo = (one: string) => reaches(request, node, method, requestTarget(one + query))
  // Where case does not matter it is no difference.
  const isCaseFree =
    candidate.differs.includes('case') &&
    candidate.differs.length > 1 &&
    comesTo(inCaseOf(path, fixed, slash))
  const differs = isCaseFree ? candidate.differs.filter((one) => one !== 'case') : candidate.differs
  const notes = isCaseFree ? candidate.notes.filter((note) => !note.startsWith('spells ')) : candidate.notes
  if (differs.length > 0 && comesTo(fixed + slash))
    return nearRoute(candidate, method, differs, notes, fixed + slash + query)
  if (!comesTo(fixed + other)) return null
  const note = other === '' ? 'has no slash at its end' : 'has a slash at its end'
  const all: Difference[] = [...differs, 'trailing-slash']
  return nearRoute(candidate, method, all, [...notes, note], fixed + other + query)
}

/** The corrected path with the letters of the request where only their case differs. */
function inCaseOf(path: string, fixed: string, slash: string): string {
  const given = path.split('/').filter(Boolean)
  const segments = fixed.split('/').filter(Boolean)
  const kept = segments.map((text, i) => (given[i]?.toLowerCase() === text.toLowerCase() ? given[i] : text))
  return `/${kept.join('/')}${slash}`
}

function reaches({ app, nodes, stacks }: Request, node: LayerNode, method: string, url: string): boolean {
  const walk = new Walk(method, stacks, false)
  walk.start(app, nodes, url)
  return walk.entered.includes(node.layer.route as StackRoute)
}

function nearRoute(
  { node }: Candidate,
  method: string,
  differs: readonly Difference[],
  notes: readonly string[],
  instead: string | null,
): NearRoute {
  return {
    method,
    pattern: node.fullPaths.join(', '),
    differs,
    text: notes.join('; '),
    instead,
    place: placeOf(node),
  }
}

function splitQuery(url: string): [path: string, query: string] {
  const at = url.indexOf('?')
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at)]
}
