import type { Category, CategoryWithCount } from '../../domain/category.js'
import type { CategoryRepository } from '../../domain/repositories.js'
import { compareCodePoints } from '../../domain/search-text.js'
import type { MemoryCatalogue } from './memory-catalogue.js'

export class MemoryCategoryRepository implements CategoryRepository {
  readonly #catalogue: MemoryCatalogue

  constructor(catalogue: MemoryCatalogue) {
    this.#catalogue = catalogue
  }

  async list(): Promise<readonly CategoryWithCount[]> {
    const counts = new Map<string, number>()
    for (const { category } of this.#catalogue.products.values()) {
      counts.set(category.slug, (counts.get(category.slug) ?? 0) + 1)
    }
    return [...this.#catalogue.categories.values()]
      .map((category) => ({ ...category, products: counts.get(category.slug) ?? 0 }))
      .toSorted((left, right) => compareCodePoints(left.name, right.name))
  }

  async addMissing(categories: readonly Category[]): Promise<void> {
    for (const category of categories) {
      if (!this.#catalogue.categories.has(category.slug))
        this.#catalogue.categories.set(category.slug, category)
    }
  }
}
