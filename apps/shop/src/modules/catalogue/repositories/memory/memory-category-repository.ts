import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Category, CategoryWithCount } from '../../domain/category.js'
import type { Product } from '../../domain/product.js'
import type { CategoryRepository } from '../../domain/repositories.js'
import { compareCodePoints } from '../../domain/search-text.js'
import { categoryTable, productTable } from './memory-catalogue.js'

export class MemoryCategoryRepository implements CategoryRepository {
  readonly #products: MemoryTable<number, Product>
  readonly #categories: MemoryTable<string, Category>

  constructor(memory: MemoryDatabase) {
    this.#products = productTable(memory)
    this.#categories = categoryTable(memory)
  }

  async list(): Promise<readonly CategoryWithCount[]> {
    const counts = new Map<string, number>()
    for (const { category } of this.#products.values()) {
      counts.set(category.slug, (counts.get(category.slug) ?? 0) + 1)
    }
    return [...this.#categories.values()]
      .map((category) => ({ ...category, products: counts.get(category.slug) ?? 0 }))
      .toSorted((left, right) => compareCodePoints(left.name, right.name))
  }

  async addMissing(categories: readonly Category[]): Promise<void> {
    for (const category of categories) {
      if (!this.#categories.has(category.slug)) this.#categories.set(category.slug, category)
    }
  }
}
