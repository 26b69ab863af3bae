import type { Storage } from '../../../platform/database/storage.js'
import type { CartRepository, OrderRepository, SummaryRepository } from '../domain/repositories.js'
import { MemoryCartRepository } from './memory/memory-cart-repository.js'
import { MemoryOrderRepository } from './memory/memory-order-repository.js'
import { MemorySummaryRepository } from './memory/memory-summary-repository.js'
import { PostgresCartRepository } from './postgres/postgres-cart-repository.js'
import { PostgresOrderRepository } from './postgres/postgres-order-repository.js'
import { PostgresSummaryRepository } from './postgres/postgres-summary-repository.js'

export interface OrderRepositories {
  readonly carts: CartRepository
  readonly orders: OrderRepository
  readonly orderSummaries: SummaryRepository
}

/** The repositories that fit a storage. */
export function createOrderRepositories(storage: Storage): OrderRepositories {
  if (storage.kind === 'sql') {
    return {
      carts: new PostgresCartRepository(storage.sql),
      orders: new PostgresOrderRepository(storage.sql),
      orderSummaries: new PostgresSummaryRepository(storage.sql),
    }
  }
  return {
    carts: new MemoryCartRepository(storage.memory),
    orders: new MemoryOrderRepository(storage.memory),
    orderSummaries: new MemorySummaryRepository(storage.memory),
  }
}
