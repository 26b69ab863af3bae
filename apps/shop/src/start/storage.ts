import { openPglite } from '../database/pglite-database.js'
import { openPostgres } from '../database/postgres-database.js'
import type { CategoryRepository, ProductRepository } from '../domain/repositories.js'
import { createMemoryCatalogue } from '../repositories/memory/memory-catalogue.js'
import { MemoryCategoryRepository } from '../repositories/memory/memory-category-repository.js'
import { MemoryProductRepository } from '../repositories/memory/memory-product-repository.js'
import type { Database } from '../repositories/postgres/database.js'
import { PostgresCategoryRepository } from '../repositories/postgres/postgres-category-repository.js'
import { PostgresProductRepository } from '../repositories/postgres/postgres-product-repository.js'
import { fillDatabase } from '../seed/fill-database.js'
import { fillRepositories } from '../seed/fill-repositories.js'
import { type StorageChoice, TEMPLATES_FOLDER } from './configuration.js'
import type { Log } from '../process/log.js'

/** The repositories of one storage, open. */
export interface Storage {
  readonly products: ProductRepository
  readonly categories: CategoryRepository
  /** For people: what it is and where. */
  readonly description: string
  close(): Promise<void>
}

export async function openStorage(choice: StorageChoice, sampleData: boolean, log: Log): Promise<Storage> {
  if (choice.kind === 'memory') return openMemory(sampleData)
  const fill = (database: Database): Promise<void> => fillDatabase(database, sampleData)
  const { database, description, close } =
    choice.kind === 'postgres'
      ? await openPostgres({ url: choice.url, schema: choice.schema, log, fill })
      : await openPglite({ folder: choice.folder, templates: TEMPLATES_FOLDER, log, fill })
  return {
    products: new PostgresProductRepository(database),
    categories: new PostgresCategoryRepository(database),
    description,
    close,
  }
}

async function openMemory(sampleData: boolean): Promise<Storage> {
  const catalogue = createMemoryCatalogue()
  const products = new MemoryProductRepository(catalogue)
  const categories = new MemoryCategoryRepository(catalogue)
  await fillRepositories(categories, products, sampleData)
  return { products, categories, description: 'memory (gone when the shop stops)', close: async () => {} }
}
