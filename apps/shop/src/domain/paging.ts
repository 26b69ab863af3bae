/** One page of a list, by number. */
export interface Page<T> {
  readonly items: readonly T[]
  /** How many there are on all pages. */
  readonly total: number
}

/** The part of a list that comes after a place in its order. */
export interface Slice<T, Position> {
  readonly items: readonly T[]
  /** Where the next slice begins; null after the last. */
  readonly next: Position | null
}

/** The slice of at most `size` items, from one more than that: the one too many tells whether there is a next slice. */
export function sliceOf<T, Position>(
  found: readonly T[],
  size: number,
  positionOf: (item: T) => Position,
): Slice<T, Position> {
  const items = found.slice(0, size)
  const last = items.at(-1)
  return { items, next: last !== undefined && found.length > size ? positionOf(last) : null }
}
