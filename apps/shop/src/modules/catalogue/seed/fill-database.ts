import type { Database } from '../../../platform/database/database.js'
import { isFirstTime } from '../../../platform/database/seeds.js'
import { newRowOf } from '../repositories/postgres/product-rows.js'
import { categories, products } from '../repositories/postgres/tables.js'
import { sampleCatalogue } from './sample-catalogue.js'

/**
 * Lays the categories into a database and, when asked to, the sample products: each once in its life, and products
 * only where there are none. What somebody removed does not come back, and what somebody entered is not mixed with
 * samples. All of it or nothing.
 */
export async function fillDatabase(database: Database, withProducts: boolean): Promise<void> {
  const sample = sampleCatalogue()
  await database.transaction(async (transaction) => {
    if (await isFirstTime(transaction, 'categories-1')) {
      await transaction
        .insert(categories)
        .values([...sample.categories])
        .onConflictDoNothing()
    }
    if (!withProducts || !(await isFirstTime(transaction, 'products-1'))) return
    if ((await transaction.$count(products)) > 0) return
    await transaction.insert(products).values(sample.products.map(newRowOf))
  })
}
