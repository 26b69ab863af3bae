import type { CategoryRepository, ProductRepository } from '../domain/repositories.js'
import { sampleCatalogue } from './sample-catalogue.js'

/** Lays the categories and, when asked to, the sample products into repositories that are empty. */
export async function fillRepositories(
  categories: CategoryRepository,
  products: ProductRepository,
  withProducts: boolean,
): Promise<void> {
  const sample = sampleCatalogue()
  await categories.addMissing(sample.categories)
  if (!withProducts) return
  for (const product of sample.products) await products.add(product)
}
