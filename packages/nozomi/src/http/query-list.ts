/**
 * An array that is filled out of order: it knows how many elements it has, and pays nothing for the holes between
 * them. (The length of a JavaScript array is no count, and walking over it visits the holes.)
 */
export class QueryList<T> {
  /** One more than the highest index. */
  length: number
  /** The elements while they have come in order and without a hole. */
  readonly #dense: T[]
  /** All elements by their index, from the first hole on. */
  #sparse: Map<number, T> | null = null

  /** Takes the array over. */
  constructor(elements: T[]) {
    this.#dense = elements
    this.length = elements.length
  }

  /** How many elements there are; at most the length. */
  get count(): number {
    return this.#sparse ? this.#sparse.size : this.length
  }

  get(index: number): T | undefined {
    return this.#sparse ? this.#sparse.get(index) : this.#dense[index]
  }

  set(index: number, element: T): void {
    if (!this.#sparse && index > this.length) this.#sparse = new Map(this.#dense.entries())
    if (this.#sparse) this.#sparse.set(index, element)
    else this.#dense[index] = element
    if (index >= this.length) this.length = index + 1
  }

  /** The elements with their indices, in the order of the indices. */
  entries(): Iterable<[number, T]> {
    return this.#sparse ? [...this.#sparse].toSorted(([a], [b]) => a - b) : this.#dense.entries()
  }

  /** The elements without the holes between them. */
  elements(): T[] {
    return this.#sparse ? Array.from(this.entries(), ([, element]) => element) : this.#dense
  }
}
