import { DomainError } from '../../../domain/errors.js'

/** A product of which there are fewer pieces than somebody wants. */
export interface Shortage {
  readonly productId: number
  readonly wanted: number
  readonly available: number
  /** Which of several lines that were sent, counted from 0; null when there were none. */
  readonly line: number | null
}

export class InsufficientStock extends DomainError {
  /** All that were found. */
  readonly shortages: readonly Shortage[]

  constructor(shortages: readonly Shortage[]) {
    const each = shortages.map(
      ({ productId, wanted, available }) => `${available} pieces of product ${productId}, not ${wanted}`,
    )
    super(`there are ${each.join('; ')}`)
    this.shortages = shortages
  }
}

/** Of what somebody wants, some is not sold. It has all of that, and what there are too few of beside it. */
export class UnsoldProducts extends DomainError {
  readonly productIds: readonly number[]
  readonly shortages: readonly Shortage[]

  constructor(productIds: readonly number[], shortages: readonly Shortage[]) {
    super(`there is no product ${productIds.join(', ')}`)
    this.productIds = productIds
    this.shortages = shortages
  }
}

export class StockLimitExceeded extends DomainError {
  readonly productId: number
  readonly pieces: number
  readonly limit: number

  constructor(productId: number, pieces: number, limit: number) {
    super(`product ${productId} has ${pieces} pieces, and room for ${limit}`)
    this.productId = productId
    this.pieces = pieces
    this.limit = limit
  }
}
