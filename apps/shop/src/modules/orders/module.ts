import { asFunction, asValue } from 'awilix'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { HandledEvents } from '../../platform/events/handled-events.js'
import type { Outbox } from '../../platform/events/outbox.js'
import type { IdempotencyKeys } from '../../platform/idempotency/idempotency-keys.js'
import type { ProductRepository } from '../catalogue/domain/repositories.js'
import type { UserDirectory } from '../identity/services/user-directory.js'
import type { ShopModule } from '../module.js'
import type { StockService } from '../stock/services/stock-service.js'
import { CartController } from './http/controllers/cart-controller.js'
import { OrderController } from './http/controllers/order-controller.js'
import { ORDER_PROBLEMS, problemOfOrders } from './http/problems.js'
import { createCartRoutes } from './http/routes/cart-routes.js'
import { createOrderRoutes, createStaffOrderRoutes } from './http/routes/order-routes.js'
import { createOrderWorker } from './order-worker.js'
import { createOrderRepositories, type OrderRepositories } from './repositories/order-repositories.js'
import { ChangeCart } from './services/commands/change-cart.js'
import { ChangeOrder } from './services/commands/change-order.js'
import { PlaceOrder } from './services/commands/place-order.js'
import { ShipOrder } from './services/commands/ship-order.js'
import { createMergeCarts, type MergeCarts } from './services/merge-carts.js'
import { CartQueries } from './services/queries/cart-queries.js'
import { OrderQueries } from './services/queries/order-queries.js'
import type { Shipping } from './services/shipping.js'
import { FlatRateShipping } from './shipping/flat-rate-shipping.js'

export interface OrdersCradle extends OrderRepositories {
  readonly changeCart: ChangeCart
  readonly mergeCarts: MergeCarts
  readonly cartQueries: CartQueries
  readonly placeOrder: PlaceOrder
  readonly changeOrder: ChangeOrder
  readonly shipOrder: ShipOrder
  readonly orderQueries: OrderQueries
  /** A module that knows a carrier registers its own over it. */
  readonly shipping: Shipping
}

export interface OrdersNeeds {
  readonly products: ProductRepository
  readonly userDirectory: UserDirectory
  readonly stock: StockService
  readonly outbox: Outbox
  readonly handledEvents: HandledEvents
  readonly idempotencyKeys: IdempotencyKeys
}

type Cradle = PlatformCradle & OrdersCradle & OrdersNeeds

/** Carts and orders, from the first thing in a cart to the parcel on its way. */
export const ordersModule: ShopModule<OrdersCradle, OrdersNeeds> = {
  name: 'orders',

  register: (storage) => {
    const repositories = createOrderRepositories(storage)
    return {
      carts: asFunction(() => repositories.carts).singleton(),
      orders: asFunction(() => repositories.orders).singleton(),
      orderSummaries: asFunction(() => repositories.orderSummaries).singleton(),
      changeCart: asFunction((cradle: Cradle) => new ChangeCart(cradle)).singleton(),
      mergeCarts: asFunction(({ changeCart }: Cradle) => createMergeCarts(changeCart)).singleton(),
      cartQueries: asFunction((cradle: Cradle) => new CartQueries(cradle)).singleton(),
      placeOrder: asFunction((cradle: Cradle) => new PlaceOrder(cradle)).singleton(),
      changeOrder: asFunction((cradle: Cradle) => new ChangeOrder(cradle)).singleton(),
      shipOrder: asFunction((cradle: Cradle) => new ShipOrder(cradle)).singleton(),
      orderQueries: asFunction((cradle: Cradle) => new OrderQueries(cradle)).singleton(),
      shipping: asValue(new FlatRateShipping()),
    }
  },

  api: (cradle) => {
    const orders = new OrderController(cradle)
    return [
      {
        path: '/cart',
        versions: ['v1', 'v2'],
        router: createCartRoutes(new CartController(cradle)),
      },
      {
        path: '/orders',
        versions: ['v1', 'v2'],
        router: createOrderRoutes(orders),
      },
      {
        path: '/staff/orders',
        versions: ['v1', 'v2'],
        router: createStaffOrderRoutes(orders),
      },
    ]
  },

  problems: ORDER_PROBLEMS,
  problemOf: problemOfOrders,

  workers: (cradle) => [createOrderWorker(cradle)],
}
