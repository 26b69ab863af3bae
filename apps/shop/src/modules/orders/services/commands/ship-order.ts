import type { Log } from '../../../../platform/log/log.js'
import { ShipmentRefused } from '../../domain/errors.js'
import type { Order, OrderId } from '../../domain/order.js'
import type { OrderRepository } from '../../domain/repositories.js'
import type { Shipping } from '../shipping.js'
import type { ChangeOrder } from './change-order.js'

export interface ShipOrderDependencies {
  readonly orders: OrderRepository
  readonly changeOrder: ChangeOrder
  readonly shipping: Shipping
  readonly log: Log
}

/** The catalogue knows no weights. */
const GRAMS_A_PIECE = 400
/** What a carrier takes as one parcel. */
const HEAVIEST_GRAMS = 30_000

/**
 * Hands a confirmed order to the carrier. The carrier is asked outside of a transaction, and may be asked again for
 * the same order: it ships each order once.
 */
export class ShipOrder {
  readonly #needs: ShipOrderDependencies

  constructor(needs: ShipOrderDependencies) {
    this.#needs = needs
  }

  /** Rejects when the carrier can't be asked now. */
  async execute(id: OrderId): Promise<void> {
    const { orders, changeOrder, shipping, log } = this.#needs
    const order = await orders.find(id)
    if (order?.status !== 'confirmed') return
    try {
      const { tracking } = await shipping.createShipment(requestOf(order))
      const isShipped = await changeOrder.ship(id, tracking)
      if (!isShipped) log.warn('an order was cancelled while it was shipped', { orderId: id, tracking })
    } catch (error) {
      if (!(error instanceof ShipmentRefused)) throw error
      await changeOrder.giveUp(id, `it can not be shipped: ${error.message}`)
    }
  }
}

function requestOf(order: Order) {
  const { destination, level } = order.data
  const weightGrams = Math.min(order.pieces * GRAMS_A_PIECE, HEAVIEST_GRAMS)
  return { orderId: order.id, weightGrams, destination, level }
}
