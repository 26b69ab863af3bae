import { DomainError } from '../../../domain/errors.js'

export class InsufficientStock extends DomainError {
  readonly productId: number
  readonly wanted: number
  readonly available: number
  /** Which of several lines that were sent, counted from 0; null when there were none. */
  readonly line: number | null

  constructor(productId: number, wanted: number, available: number, line: number | null = null) {
    super(`there are ${available} pieces of product ${productId}, not ${wanted}`)
    this.productId = productId
    this.wanted = wanted
    this.available = available
    this.line = line
  }

  /** The same, of a line. */
  inLine(line: number): InsufficientStock {
    return new InsufficientStock(this.productId, this.wanted, this.available, line)
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
