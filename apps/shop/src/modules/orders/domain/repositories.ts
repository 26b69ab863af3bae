import type { Cart, CartOwner } from './cart.js'
import type { Order, OrderId } from './order.js'
import type { OrderStatus } from './order-status.js'
import type { OrderSummary, SummaryFilter } from './order-summary.js'

/** All methods of these reject with StorageUnavailable when the storage can't be reached. */
export interface CartRepository {
  find(owner: CartOwner): Promise<Cart | null>
  /**
   * The owner's cart, an empty one with the given id when there is none. To the end of the transaction nobody else
   * changes it.
   */
  open(owner: CartOwner, id: string, now: Date): Promise<Cart>
  save(cart: Cart): Promise<void>
  /** Removes the owner's cart and gives what it was; null when there is none. Of many callers, one gets it. */
  take(owner: CartOwner): Promise<Cart | null>
  /** Removes the carts that guests have not touched since a time. Gives how many. */
  removeAbandoned(before: Date): Promise<number>
}

export interface OrderRepository {
  add(order: Order): Promise<void>
  find(id: OrderId): Promise<Order | null>
  /** To the end of the transaction nobody else changes it. */
  findForChange(id: OrderId): Promise<Order | null>
  /** Stores what has changed of an order; its lines never do. */
  save(order: Order): Promise<void>
  withStatus(status: OrderStatus, limit: number): Promise<readonly Order[]>
  /** Orders whose summary is missing, or older than they are. */
  notSummarized(limit: number): Promise<readonly Order[]>
}

export interface SummaryRepository {
  /** Stores it, unless there is one of the same version or a later one. */
  put(summary: OrderSummary): Promise<void>
  /** The newest orders first; those before the order `before`, when it is not null. */
  list(filter: SummaryFilter, before: OrderId | null, limit: number): Promise<readonly OrderSummary[]>
}
