import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Page } from '../../../../domain/paging.js'
import type { Category } from '../../domain/category.js'
import { DuplicateSku, UnknownCategory } from '../../domain/errors.js'
import type { ChangedProduct, NewProduct, Product, ProductDetails } from '../../domain/product.js'
import { comparePositions, positionOf } from '../../domain/product-order.js'
import type { Position, ProductFilter, ProductSort } from '../../domain/product-query.js'
import type { ProductRepository } from '../../domain/repositories.js'
import { searchTextOf } from '../../domain/search-text.js'
import { categoryTable, productTable } from './memory-catalogue.js'

/**
 * Products in a Map: for tests, and for trying the shop without a database. Slow and obvious where the other
 * implementation is an SQL query, so that the one can be tested against the other.
 */
export class MemoryProductRepository implements ProductRepository {
  readonly #memory: MemoryDatabase
  readonly #products: MemoryTable<number, Product>
  readonly #categories: MemoryTable<string, Category>

  constructor(memory: MemoryDatabase) {
    this.#memory = memory
    this.#products = productTable(memory)
    this.#categories = categoryTable(memory)
  }

  async page(
    filter: ProductFilter,
    sort: ProductSort,
    offset: number,
    limit: number,
  ): Promise<Page<Product>> {
    const matching = this.#matching(filter, sort)
    return { items: matching.slice(offset, offset + limit), total: matching.length }
  }

  async after(
    filter: ProductFilter,
    sort: ProductSort,
    position: Position | null,
    limit: number,
  ): Promise<readonly Product[]> {
    return this.#matching(filter, sort)
      .filter(
        (product) => position === null || comparePositions(positionOf(product, sort), position, sort) > 0,
      )
      .slice(0, limit)
  }

  async find(id: number): Promise<Product | null> {
    return this.#products.get(id) ?? null
  }

  /** Transactions come one after another: nobody else is there to change them. */
  async findForChange(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    return this.findAll(ids)
  }

  async findAll(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    const found = ids.flatMap((id) => this.#products.get(id) ?? [])
    return new Map(found.map((product) => [product.id, product]))
  }

  async add(product: NewProduct): Promise<Product> {
    const category = this.#categoryFor(product)
    this.#assertSkuIsFree(product.sku, null)
    const stored: Product = { ...product, category, id: this.#memory.nextOf('products') }
    this.#products.set(stored.id, stored)
    return stored
  }

  async save(id: number, product: ChangedProduct, expectedVersion: number): Promise<Product | null> {
    const current = this.#products.get(id)
    if (current?.version !== expectedVersion) return null
    const category = this.#categoryFor(product)
    this.#assertSkuIsFree(product.sku, id)
    const stored: Product = { ...current, ...product, category }
    this.#products.set(id, stored)
    return stored
  }

  async remove(id: number, expectedVersion: number): Promise<boolean> {
    if (this.#products.get(id)?.version !== expectedVersion) return false
    return this.#products.delete(id)
  }

  #matching(filter: ProductFilter, sort: ProductSort): Product[] {
    return [...this.#products.values()]
      .filter((product) => matches(product, filter))
      .toSorted((left, right) => comparePositions(positionOf(left, sort), positionOf(right, sort), sort))
  }

  #categoryFor({ category }: ProductDetails): Category {
    const found = this.#categories.get(category)
    if (found !== undefined) return found
    const known = this.#categories.values().map(({ slug }) => slug)
    throw new UnknownCategory(category, known.toSorted())
  }

  #assertSkuIsFree(sku: string, owner: number | null): void {
    for (const product of this.#products.values()) {
      if (product.sku === sku && product.id !== owner) throw new DuplicateSku(sku)
    }
  }
}

function matches(product: Product, { category, minPrice, maxPrice, inStock, terms }: ProductFilter): boolean {
  if (category !== null && product.category.slug !== category) return false
  if (minPrice !== null && product.price.amount < minPrice) return false
  if (maxPrice !== null && product.price.amount > maxPrice) return false
  if (inStock !== null && product.stock > 0 !== inStock) return false
  const text = searchTextOf(product.name, product.sku, product.description)
  return terms.every((term) => text.includes(term))
}
