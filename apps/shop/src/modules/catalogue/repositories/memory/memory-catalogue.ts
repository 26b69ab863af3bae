import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Category } from '../../domain/category.js'
import type { Product } from '../../domain/product.js'

/** The catalogue's tables in memory. */

export function productTable(memory: MemoryDatabase): MemoryTable<number, Product> {
  return memory.table('products')
}

export function categoryTable(memory: MemoryDatabase): MemoryTable<string, Category> {
  return memory.table('categories')
}
