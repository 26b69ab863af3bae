import { headsOf, isMatchUnpatched, type Layer, layerReplacements } from './layer.js'
import { type Positions, StackIndex } from './stack-index.js'

/** Shorter stacks are walked: to ask a few layers costs less than to look one up (bench/micro/routing.mjs). */
const SHORTEST_INDEXED = 8

/** After a change, so many look-ups walk before the index is made anew: who changes at each request pays for no index. */
const WALKS_AFTER_CHANGE = 3

/** @internal Where a router keeps the watch over its stack. */
export const watchedStack = Symbol('nozomi.watchedStack')

/**
 * The public stack of a router, and the index that is derived from it.
 *
 * Tools push, splice, replace and sort what is in `router.stack`. What they see is a view of the array that notices
 * each change, so that the index is never older than the stack. A stack that somebody puts in its place is no view
 * of ours, and is walked.
 */
export class WatchedStack {
  /** The layers themselves, for requests. */
  readonly layers: Layer[]
  /** What `router.stack` is. */
  readonly view: Layer[]
  /** Counts the changes that are no additions at the end. */
  version: number
  #index: StackIndex | null
  /** What the index was made of. */
  #seenVersion: number
  #seenReplacements: number
  /** Look-ups since the last change that found no index. */
  #walks: number

  constructor() {
    this.layers = []
    this.view = new Proxy(this.layers, {
      set: (layers, name, value) => {
        if (!isAddition(layers, name, value)) this.version++
        return Reflect.set(layers, name, value)
      },
      defineProperty: (layers, name, descriptor) => {
        this.version++
        return Reflect.defineProperty(layers, name, descriptor)
      },
      deleteProperty: (layers, name) => {
        this.version++
        return Reflect.deleteProperty(layers, name)
      },
    })
    this.version = 0
    this.#index = null
    this.#seenVersion = 0
    this.#seenReplacements = layerReplacements()
    this.#walks = WALKS_AFTER_CHANGE
  }

  /** The positions of the layers that can match a path, in order; null when all are to be asked. */
  candidates(path: string): Positions | null {
    const { layers } = this
    if (layers.length < SHORTEST_INDEXED || !isMatchUnpatched()) return null
    const replacements = layerReplacements()
    if (this.version !== this.#seenVersion || replacements !== this.#seenReplacements) {
      this.#seenVersion = this.version
      this.#seenReplacements = replacements
      this.#index = null
      this.#walks = 0
    }
    if (this.#index === null) {
      if (this.#walks++ < WALKS_AFTER_CHANGE) return null
      this.#index = new StackIndex()
    }
    const { size } = this.#index
    if (size !== layers.length) this.#index.extend(layers.slice(size).map(headsOf))
    return this.#index.candidates(path)
  }
}

/** What `push` does: it sets the next element, and then the length that the array has by then. */
function isAddition(layers: readonly Layer[], name: string | symbol, value: unknown): boolean {
  return name === String(layers.length) || (name === 'length' && value === layers.length)
}
