import type { Arbitrary } from 'fast-check'
import { ifInTime } from '../../drift/slow-patterns.js'

/** So many values in a row that are not wanted, and none is looked for any further. */
const MOST_MISSES = 500

/** So many items, members or characters a value may have to have; one with more is not made. */
const MOST_LENGTH = 100_000

/** A document may want a list of a billion items, for which there is no memory. */
export function assertMakeable(length: number): void {
  if (length > MOST_LENGTH) throw new Unsatisfiable(`nothing as long as ${length} is made`)
}

/** No value was found that fits a schema: it has none, or none that is found in reasonable time. */
export class Unsatisfiable extends Error {
  override readonly name = 'Unsatisfiable'
}

/** The values that are accepted, and were checked in time. Unlike `filter()`, it ends where there seem to be none. */
export function boundedFilter<T>(arbitrary: Arbitrary<T>, accepts: (value: T) => boolean): Arbitrary<T> {
  let misses = 0
  return arbitrary.filter((value) => {
    if (ifInTime(() => accepts(value)) === true) {
      misses = 0
      return true
    }
    if (++misses > MOST_MISSES) {
      misses = 0
      throw new Unsatisfiable(`none of ${MOST_MISSES} values fits`)
    }
    return false
  })
}

/** What is made, or undefined where it can't be. */
export function ifSatisfiable<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof Unsatisfiable) return undefined
    throw error
  }
}
