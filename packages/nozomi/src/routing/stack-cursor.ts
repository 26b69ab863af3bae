import { type Layer, layerReplacements, matchesAll } from './layer.js'
import type { Positions } from './stack-index.js'
import { type WatchedStack, watchedStack } from './watched-stack.js'

/** A router, as far as its stack goes. */
interface StackOwner {
  stack: Layer[]
  [watchedStack]?: WatchedStack
}

/**
 * The place of one request in a stack: goes through the layers that can match the path, one after the other.
 *
 * They are the candidates of the index; all layers, for a stack that is not watched, is short, or was changed in a way
 * that the index can't know. The place is kept when the path changes on the way (a middleware wrote `req.url`) or the
 * stack does (a route was added while serving): then the candidates are looked up anew, from here on.
 *
 * Runs for each `next()`; the benchmark is bench/micro/routing.mjs.
 */
export class StackCursor {
  readonly #layers: readonly Layer[]
  readonly #watched: WatchedStack | null
  #position: number
  #candidates: Positions | null
  #index: number
  /** What the candidates were looked up for. */
  #path: string | null
  #version: number
  #replacements: number
  #length: number

  constructor(owner: StackOwner) {
    const watched = owner[watchedStack]
    const isWatched = watched !== undefined && watched.view === owner.stack
    this.#layers = isWatched ? watched.layers : owner.stack
    this.#watched = isWatched ? watched : null
    this.#position = 0
    this.#candidates = null
    this.#index = 0
    this.#path = null
    this.#version = 0
    this.#replacements = 0
    this.#length = 0
  }

  /** No layer is left, whatever the path. */
  isAtEnd(): boolean {
    return this.#position >= this.#layers.length
  }

  /**
   * Goes on to the next layer, if that is middleware for every path; null, and stays, if it is another or if the
   * candidates have to be looked up anew.
   */
  takeForAll(): Layer | null {
    const candidates = this.#candidates
    if (candidates !== null && (this.#index >= candidates.length || !this.#isCurrent())) return null
    const position = candidates === null ? this.#position : (candidates[this.#index] as number)
    if (position >= this.#layers.length) return null
    const layer = this.#layers[position] as Layer
    if (!matchesAll(layer)) return null
    this.#index++
    this.#position = position + 1
    return layer
  }

  /** Makes ready for a path: from where the request is, the layers that can match it. */
  lookUp(path: string): void {
    const watched = this.#watched
    if (watched === null || (this.#path === path && this.#isCurrent())) return
    this.#path = path
    this.#version = watched.version
    this.#replacements = layerReplacements()
    this.#length = this.#layers.length
    this.#candidates = watched.candidates(path)
    this.#index = this.#candidates === null ? 0 : firstFrom(this.#candidates, this.#position)
  }

  /** Whether the stack is as it was when the candidates were looked up. */
  #isCurrent(): boolean {
    return (
      this.#version === (this.#watched as WatchedStack).version &&
      this.#replacements === layerReplacements() &&
      this.#length === this.#layers.length
    )
  }

  /** Goes on to the next layer that can match; false when there is none. */
  advance(): boolean {
    const candidates = this.#candidates
    if (candidates !== null) {
      if (this.#index >= candidates.length) {
        this.#position = this.#layers.length
        return false
      }
      this.#position = candidates[this.#index++] as number
    }
    // Invariant: past the end of the array nothing is read.
    return this.#position++ < this.#layers.length
  }

  /** The layer that `advance` came to; undefined for a hole in the stack. */
  get layer(): Layer | undefined {
    return this.#layers[this.#position - 1]
  }
}

/** The index of the first of the positions that is not before another: by halving. */
function firstFrom(positions: Positions, position: number): number {
  let low = 0
  let high = positions.length
  if (position === 0) return 0
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((positions[middle] as number) < position) low = middle + 1
    else high = middle
  }
  return low
}
