import { newId } from '../../../../domain/ids.js'
import type { Clock } from '../../../../platform/clock/clock.js'
import type { Transactions } from '../../../../platform/database/transactions.js'
import type { Outbox } from '../../../../platform/events/outbox.js'
import { CATALOGUE_CURRENCY, type Product } from '../../../catalogue/domain/product.js'
import { InsufficientStock, UnsoldProducts } from '../../../stock/domain/errors.js'
import type { StockService } from '../../../stock/services/stock-service.js'
import type { CartLine } from '../../domain/cart.js'
import { EmptyOrder, UnknownProducts } from '../../domain/errors.js'
import { type Destination, Order, type OrderLine, type ServiceLevel } from '../../domain/order.js'
import { eventOf } from '../../domain/order-events.js'
import type { CartRepository, OrderRepository } from '../../domain/repositories.js'

export interface PlaceOrderDependencies {
  readonly orders: OrderRepository
  readonly carts: CartRepository
  readonly stock: StockService
  readonly transactions: Transactions
  readonly outbox: Outbox
  readonly clock: Clock
}

export interface PlaceOrderRequest {
  readonly userId: string
  /** Null: what is in the user's cart, which is empty afterwards. */
  readonly lines: readonly CartLine[] | null
  readonly destination: Destination
  readonly level: ServiceLevel
}

/**
 * Places an order: its stock is reserved, its prices are those of now, its event is on its way; all of it or nothing.
 * Rejects with EmptyOrder, UnknownProducts or InsufficientStock.
 */
export class PlaceOrder {
  readonly #needs: PlaceOrderDependencies

  constructor(needs: PlaceOrderDependencies) {
    this.#needs = needs
  }

  execute(request: PlaceOrderRequest): Promise<Order> {
    const { transactions, orders, outbox } = this.#needs
    return transactions.transaction(async () => {
      const wanted = request.lines ?? (await this.#takeCart(request.userId))
      if (wanted.length === 0) throw new EmptyOrder()
      const order = await this.#place(request, wanted)
      await orders.add(order)
      await outbox.append(eventOf(order))
      return order
    })
  }

  async #place(
    { userId, lines, destination, level }: PlaceOrderRequest,
    wanted: readonly CartLine[],
  ): Promise<Order> {
    const now = this.#needs.clock.now()
    const id = newId<'order'>(now)
    const products = await this.#reserve(wanted, lines !== null, { actor: userId, reason: `order ${id}` })
    const draft = Order.draft({ id, userId, currency: CATALOGUE_CURRENCY, destination, level }, now)
    return wanted
      .reduce((order, { productId, quantity }) => {
        const product = products.get(productId)
        return product === undefined ? order : order.withLine(orderLineOf(product, quantity))
      }, draft)
      .place(now)
  }

  /** Whatever is wrong names its line, when lines were sent: those of a cart the client did not number. */
  async #reserve(
    wanted: readonly CartLine[],
    areSent: boolean,
    cause: { actor: string; reason: string },
  ): Promise<ReadonlyMap<number, Product>> {
    try {
      return await this.#needs.stock.reserve(wanted, cause)
    } catch (error) {
      const lineOf = (id: number) => (areSent ? wanted.findIndex(({ productId }) => productId === id) : null)
      const inLine = <T extends { readonly productId: number }>(one: T) => ({
        ...one,
        line: lineOf(one.productId),
      })
      if (error instanceof UnsoldProducts) {
        const unknown = error.productIds.map((productId) => inLine({ productId }))
        throw new UnknownProducts(unknown, error.shortages.map(inLine))
      }
      if (error instanceof InsufficientStock) throw new InsufficientStock(error.shortages.map(inLine))
      throw error
    }
  }

  async #takeCart(userId: string): Promise<readonly CartLine[]> {
    const { carts, clock } = this.#needs
    const now = clock.now()
    const cart = await carts.open({ kind: 'user', userId }, newId(now), now)
    await carts.save(cart.cleared(now))
    return cart.lines
  }
}

function orderLineOf({ id: productId, sku, name, price }: Product, quantity: number): OrderLine {
  return { productId, sku, name, quantity, price }
}
