import { ANYWHERE as ANYWHERE_HEAD, type StaticHead } from './pattern/static-head.js'

const ANYWHERE: readonly StaticHead[] = [ANYWHERE_HEAD]

/** Positions in a stack, in ascending order. */
export type Positions = readonly number[]

/** The heads of a layer; null for one that must be asked about every path. */
export type Heads = readonly StaticHead[] | null

/**
 * Which layers of a stack can match a path: those whose static head (pattern/static-head.ts) is how the path begins.
 *
 * The heads form a tree, one level a segment. A path is followed down the tree as far as there are branches; the
 * layers at the nodes it passed, merged in the order of the stack, are the candidates, which are then matched in full.
 * The linear walk over all layers is the oracle: a layer that matches is always a candidate.
 *
 * Perf: the cost of a look-up is that of the segments of the path that are heads, not of the number of layers
 * (bench/micro/routing.mjs). What is merged is kept at the nodes: as many as there are heads, whatever clients ask for.
 */
export class StackIndex {
  readonly #root = new Node()
  /** How many positions the nodes may keep merged, all together, so that memory does not grow with their product. */
  #room = 0
  /** How many layers it knows. */
  size = 0

  /** Takes in the heads of layers at the end of the stack. */
  extend(heads: readonly Heads[]): void {
    for (const one of heads) {
      for (const head of one ?? ANYWHERE) this.#insert(head, this.size)
      this.size++
    }
    this.#root.forgetMerged()
    this.#room = 65_536 + 16 * this.size
  }

  /** The positions of the layers that can match a path; null when all must be asked. */
  candidates(path: string): Positions | null {
    if (path.charCodeAt(0) !== 0x2f) return null
    let node = this.#root
    let start = 1
    while (node.children !== null) {
      // One slash at the end does not count, to most patterns.
      if (start === path.length) return this.#merged(node, true)
      const slash = path.indexOf('/', start)
      const child = childOf(node.children, slash === -1 ? path.slice(start) : path.slice(start, slash))
      if (child === undefined) return this.#merged(node, false)
      node = child
      if (slash === -1) return this.#merged(node, true)
      start = slash + 1
    }
    return this.#merged(node, start === path.length)
  }

  #insert(head: StaticHead, position: number): void {
    let node = this.#root
    for (const segment of head.segments) node = node.child(segment)
    const list = head.isWhole ? node.whole : node.through
    // Two paths of one layer may have one head.
    if (list.at(-1) !== position) list.push(position)
  }

  #merged(node: Node, isEnd: boolean): Positions {
    const kept = isEnd ? node.mergedAtEnd : node.mergedBelow
    if (kept !== null) return kept
    const lists: Positions[] = isEnd ? [node.whole] : []
    for (let each: Node | null = node; each !== null; each = each.parent) lists.push(each.through)
    const filled = lists.filter((list) => list.length > 0)
    const merged = filled.length === 1 ? (filled[0] as Positions) : mergePositions(filled)
    if (merged.length > this.#room) return merged
    this.#room -= merged.length
    if (isEnd) node.mergedAtEnd = merged
    else node.mergedBelow = merged
    return merged
  }
}

/** Heads are in lower case. Perf: most of what is asked for is too, and need not be folded. */
function childOf(children: ReadonlyMap<string, Node>, segment: string): Node | undefined {
  return children.get(segment) ?? children.get(segment.toLowerCase())
}

class Node {
  readonly parent: Node | null
  children: Map<string, Node> | null
  /** Layers that can match this path and all below it. */
  readonly through: number[]
  /** Layers that can match this path only. */
  readonly whole: number[]
  mergedAtEnd: Positions | null
  mergedBelow: Positions | null

  constructor(parent: Node | null = null) {
    this.parent = parent
    this.children = null
    this.through = []
    this.whole = []
    this.mergedAtEnd = null
    this.mergedBelow = null
  }

  child(segment: string): Node {
    this.children ??= new Map()
    let child = this.children.get(segment)
    if (child === undefined) this.children.set(segment, (child = new Node(this)))
    return child
  }

  forgetMerged(): void {
    this.mergedAtEnd = null
    this.mergedBelow = null
    if (this.children !== null) for (const child of this.children.values()) child.forgetMerged()
  }
}

function mergePositions(lists: readonly Positions[]): Positions {
  return [...new Set(lists.flat())].toSorted((a, b) => a - b)
}
