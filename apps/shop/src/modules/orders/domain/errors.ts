import { DomainError } from '../../../domain/errors.js'
import type { OrderStatus } from './order-status.js'

export class OrderNotFound extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`there is no order ${id}`)
    this.id = id
  }
}

/** Somebody else changed the order since the caller read it. */
export class StaleOrder extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`order ${id} was changed by somebody else`)
    this.id = id
  }
}

/** What is asked for can't be done with an order that is where this one is, or not by who asks. */
export class OrderStateConflict extends DomainError {
  readonly status: OrderStatus
  readonly reason: string

  constructor(status: OrderStatus, reason: string) {
    super(`the order is ${status}: ${reason}`)
    this.status = status
    this.reason = reason
  }
}

/** Something of which it is known in which line it stands, counted from 0; null when no lines were sent. */
export interface InLine {
  readonly productId: number
  readonly line: number | null
}

/** Lines name products that are not sold. It has all of them, and those beside them that have too few pieces. */
export class UnknownProducts extends DomainError {
  readonly products: readonly InLine[]
  readonly shortages: readonly (InLine & { readonly wanted: number; readonly available: number })[]

  constructor(products: readonly InLine[], shortages: UnknownProducts['shortages'] = []) {
    super(`there is no product ${products.map(({ productId }) => productId).join(', ')}`)
    this.products = products
    this.shortages = shortages
  }
}

export class EmptyOrder extends DomainError {
  constructor() {
    super('an order has at least one line')
  }
}

export class LineNotFound extends DomainError {
  readonly productId: number

  constructor(productId: number) {
    super(`product ${productId} is not in the cart`)
    this.productId = productId
  }
}

export class CartIsFull extends DomainError {
  readonly field: 'productId' | 'quantity'
  readonly limit: number

  constructor(field: 'productId' | 'quantity', limit: number) {
    super(field === 'quantity' ? `a line has at most ${limit} pieces` : `a cart has at most ${limit} lines`)
    this.field = field
    this.limit = limit
  }
}

/** The carrier will never take this parcel as it is. */
export class ShipmentRefused extends DomainError {}
