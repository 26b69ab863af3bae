import type { Id } from '../../../domain/ids.js'
import { type Currency, Money } from '../../../domain/money.js'
import { EmptyOrder, OrderStateConflict } from './errors.js'
import type { OrderStatus } from './order-status.js'

export type OrderId = Id<'order'>

export const SERVICE_LEVELS = ['standard', 'express', 'pickup'] as const

export type ServiceLevel = (typeof SERVICE_LEVELS)[number]

export interface Destination {
  /** Two capital letters of ISO 3166-1. */
  readonly country: string
  readonly postalCode: string
}

/** What was bought, as it was called and at what it cost when the order was placed. */
export interface OrderLine {
  readonly productId: number
  readonly sku: string
  readonly name: string
  readonly quantity: number
  /** Of one piece. */
  readonly price: Money
}

/** Who does something with an order: who has placed it, somebody who works here, or the shop by itself. */
export type OrderActor = 'customer' | 'staff' | 'shop'

export interface OrderData {
  readonly id: OrderId
  /** Who has placed it. */
  readonly userId: string
  readonly status: OrderStatus
  readonly currency: Currency
  readonly lines: readonly OrderLine[]
  readonly destination: Destination
  readonly level: ServiceLevel
  /** Why it was cancelled. */
  readonly cancellation: string | null
  readonly tracking: string | null
  /** 1 when it is placed, one more with each change. */
  readonly version: number
  readonly placedAt: Date
  readonly updatedAt: Date
}

/** Immutable. What is not allowed throws OrderStateConflict, whoever asks. */
export class Order {
  readonly data: OrderData

  /** From what was stored. */
  constructor(data: OrderData) {
    this.data = data
  }

  static draft(
    start: Pick<OrderData, 'id' | 'userId' | 'currency' | 'destination' | 'level'>,
    now: Date,
  ): Order {
    return new Order({
      ...start,
      status: 'draft',
      lines: [],
      cancellation: null,
      tracking: null,
      version: 0,
      placedAt: now,
      updatedAt: now,
    })
  }

  get id(): OrderId {
    return this.data.id
  }

  get status(): OrderStatus {
    return this.data.status
  }

  get total(): Money {
    return Money.sum(
      this.data.lines.map(({ price, quantity }) => price.times(quantity)),
      this.data.currency,
    )
  }

  get pieces(): number {
    return this.data.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  }

  /** Throws CurrencyMismatch for a price in another currency than the order's. */
  withLine(line: OrderLine): Order {
    this.#assert('draft', 'lines are added to drafts only')
    if (!Number.isSafeInteger(line.quantity) || line.quantity < 1)
      throw new RangeError(`no quantity: ${line.quantity}`)
    Money.zero(this.data.currency).plus(line.price)
    return new Order({ ...this.data, lines: [...this.data.lines, line] })
  }

  /** Throws EmptyOrder. */
  place(now: Date): Order {
    this.#assert('draft', 'it was placed already')
    if (this.data.lines.length === 0) throw new EmptyOrder()
    return this.#next({ status: 'placed', placedAt: now }, now)
  }

  confirm(now: Date): Order {
    this.#assert('placed', 'only what is placed can be confirmed')
    return this.#next({ status: 'confirmed' }, now)
  }

  /** The customer may until it is confirmed, staff and the shop until it is shipped. */
  cancel(actor: OrderActor, reason: string, now: Date): Order {
    const { status } = this.data
    if (status === 'cancelled') throw new OrderStateConflict(status, 'it was cancelled already')
    if (status === 'shipped') throw new OrderStateConflict(status, 'it is on its way')
    if (status === 'confirmed' && actor === 'customer')
      throw new OrderStateConflict(status, 'after it is confirmed, only staff can cancel it')
    return this.#next({ status: 'cancelled', cancellation: reason }, now)
  }

  ship(tracking: string, now: Date): Order {
    this.#assert('confirmed', 'only what is confirmed can be shipped')
    return this.#next({ status: 'shipped', tracking }, now)
  }

  #assert(status: OrderStatus, reason: string): void {
    if (this.data.status !== status) throw new OrderStateConflict(this.data.status, reason)
  }

  #next(change: Partial<OrderData>, now: Date): Order {
    return new Order({ ...this.data, ...change, version: this.data.version + 1, updatedAt: now })
  }
}
