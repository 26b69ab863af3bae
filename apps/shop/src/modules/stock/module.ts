import { asFunction } from 'awilix'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { Outbox } from '../../platform/events/outbox.js'
import type { ProductRepository } from '../catalogue/domain/repositories.js'
import type { ShopModule } from '../module.js'
import type { MovementRepository } from './domain/movement.js'
import { problemOfStock } from './http/problems.js'
import { StockController } from './http/stock-controller.js'
import { createStockRoutes } from './http/stock-routes.js'
import { MemoryMovementRepository } from './repositories/memory/memory-movement-repository.js'
import { PostgresMovementRepository } from './repositories/postgres/postgres-movement-repository.js'
import { StockService } from './services/stock-service.js'

export interface StockCradle {
  readonly stockMovements: MovementRepository
  readonly stock: StockService
}

export interface StockNeeds {
  readonly products: ProductRepository
  readonly outbox: Outbox
}

/** How many pieces of each product there are: receiving, correcting, reserving, and the ledger of it. */
export const stockModule: ShopModule<StockCradle, StockNeeds> = {
  name: 'stock',

  register: (storage) => ({
    stockMovements: asFunction(() =>
      storage.kind === 'sql'
        ? new PostgresMovementRepository(storage.sql)
        : new MemoryMovementRepository(storage.memory),
    ).singleton(),
    stock: asFunction(
      ({
        products,
        stockMovements,
        transactions,
        outbox,
        clock,
      }: PlatformCradle & StockCradle & StockNeeds) =>
        new StockService({ products, stockMovements, transactions, outbox, clock }),
    ).singleton(),
  }),

  api: ({ stock }) => [
    {
      path: '/stock',
      versions: ['v1', 'v2'],
      router: createStockRoutes(new StockController(stock)),
    },
  ],

  problemOf: problemOfStock,
}
