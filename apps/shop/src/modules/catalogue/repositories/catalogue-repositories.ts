import type { Storage } from '../../../platform/database/storage.js'
import type { CategoryRepository, ProductRepository } from '../domain/repositories.js'
import { MemoryCategoryRepository } from './memory/memory-category-repository.js'
import { MemoryProductRepository } from './memory/memory-product-repository.js'
import { PostgresCategoryRepository } from './postgres/postgres-category-repository.js'
import { PostgresProductRepository } from './postgres/postgres-product-repository.js'

export interface CatalogueRepositories {
  readonly products: ProductRepository
  readonly categories: CategoryRepository
}

/** The repositories that fit a storage. */
export function createCatalogueRepositories(storage: Storage): CatalogueRepositories {
  if (storage.kind === 'sql') {
    return {
      products: new PostgresProductRepository(storage.sql),
      categories: new PostgresCategoryRepository(storage.sql),
    }
  }
  return {
    products: new MemoryProductRepository(storage.memory),
    categories: new MemoryCategoryRepository(storage.memory),
  }
}
