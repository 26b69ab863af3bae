import { count, eq } from 'drizzle-orm'
import type { Category, CategoryWithCount } from '../../domain/category.js'
import type { CategoryRepository } from '../../domain/repositories.js'
import { compareCodePoints } from '../../domain/search-text.js'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import { categories, products } from './tables.js'

export class PostgresCategoryRepository implements CategoryRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  list(): Promise<readonly CategoryWithCount[]> {
    return query(async () => {
      const rows = await this.#sql.current
        .select({ slug: categories.slug, name: categories.name, products: count(products.id) })
        .from(categories)
        .leftJoin(products, eq(products.categorySlug, categories.slug))
        .groupBy(categories.slug)
      // There are few; sorted here, the order does not depend on the database's collation.
      return rows.toSorted((left, right) => compareCodePoints(left.name, right.name))
    })
  }

  async addMissing(missing: readonly Category[]): Promise<void> {
    if (missing.length === 0) return
    await query(async () =>
      this.#sql.current
        .insert(categories)
        .values([...missing])
        .onConflictDoNothing(),
    )
  }
}
