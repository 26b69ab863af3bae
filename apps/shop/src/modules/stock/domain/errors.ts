import { DomainError } from '../../../domain/errors.js'

export class InsufficientStock extends DomainError {
  readonly productId: number
  readonly wanted: number
  readonly available: number

  constructor(productId: number, wanted: number, available: number) {
    super(`there are ${available} pieces of product ${productId}, not ${wanted}`)
    this.productId = productId
    this.wanted = wanted
    this.available = available
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
