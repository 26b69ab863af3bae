import type { FieldError } from './problem.js'

/** What a client is told of a product of which there are too few pieces, by whichever module asked for them. */
export function errorOfShortage(shortage: {
  readonly productId: number
  readonly wanted: number
  readonly available: number
  readonly line: number | null
}): FieldError {
  const { productId, wanted, available, line } = shortage
  return {
    in: 'body',
    field: line === null ? 'quantity' : `lines.${line}.quantity`,
    problem: `is ${wanted} for product ${productId}`,
    expected: available === 0 ? 'another product; it is sold out' : `at most ${available}`,
  }
}
