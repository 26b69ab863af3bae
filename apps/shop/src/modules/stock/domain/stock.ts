import { InsufficientStock, type Shortage, StockLimitExceeded } from './errors.js'

/** More than the shop could store. */
export const STOCK_LIMIT = 1_000_000

export const MOVEMENT_KINDS = ['receive', 'correct', 'reserve', 'release'] as const

export type MovementKind = (typeof MOVEMENT_KINDS)[number]

/**
 * How many pieces of a product can be sold. Immutable; no way leads below zero or above the limit. Throws a RangeError
 * for a quantity that is no whole positive number.
 */
export class Stock {
  readonly productId: number
  readonly pieces: number

  constructor(productId: number, pieces: number) {
    if (!Number.isSafeInteger(pieces) || pieces < 0 || pieces > STOCK_LIMIT)
      throw new RangeError(`no stock: ${pieces}`)
    this.productId = productId
    this.pieces = pieces
  }

  /** Null when there are as many. */
  shortageOf(wanted: number): Shortage | null {
    if (wanted <= this.pieces) return null
    return { productId: this.productId, wanted, available: this.pieces, line: null }
  }

  /** Takes pieces out for an order. Throws InsufficientStock when there are fewer. */
  reserve(quantity: number): Stock {
    assertQuantity(quantity)
    const shortage = this.shortageOf(quantity)
    if (shortage !== null) throw new InsufficientStock([shortage])
    return new Stock(this.productId, this.pieces - quantity)
  }

  /** Puts back what was reserved. */
  release(quantity: number): Stock {
    assertQuantity(quantity)
    // What was taken out must find its place again, whatever has come meanwhile.
    return new Stock(this.productId, Math.min(this.pieces + quantity, STOCK_LIMIT))
  }

  /** Puts in what was delivered. Throws StockLimitExceeded when that is too much. */
  receive(quantity: number): Stock {
    assertQuantity(quantity)
    if (this.pieces + quantity > STOCK_LIMIT)
      throw new StockLimitExceeded(this.productId, this.pieces, STOCK_LIMIT)
    return new Stock(this.productId, this.pieces + quantity)
  }

  /** What was counted on the shelf. */
  correct(counted: number): Stock {
    return new Stock(this.productId, counted)
  }
}

function assertQuantity(quantity: number): void {
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`no quantity: ${quantity}`)
}
