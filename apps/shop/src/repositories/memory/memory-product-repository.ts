import type { Category } from '../../domain/category.js'
import { DuplicateSku, UnknownCategory } from '../../domain/errors.js'
import type { ChangedProduct, NewProduct, Product, ProductDetails } from '../../domain/product.js'
import { comparePositions, positionOf } from '../../domain/product-order.js'
import type { Position, ProductFilter, ProductPage, ProductSort } from '../../domain/product-query.js'
import type { ProductRepository } from '../../domain/repositories.js'
import { searchTextOf } from '../../domain/search-text.js'
import type { MemoryCatalogue } from './memory-catalogue.js'

/**
 * Products in a Map: for tests, and for trying the shop without a database. Slow and obvious where the other
 * implementation is an SQL query, so that the one can be tested against the other.
 */
export class MemoryProductRepository implements ProductRepository {
  readonly #catalogue: MemoryCatalogue

  constructor(catalogue: MemoryCatalogue) {
    this.#catalogue = catalogue
  }

  async page(
    filter: ProductFilter,
    sort: ProductSort,
    offset: number,
    limit: number,
  ): Promise<ProductPage<Product>> {
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
    return this.#catalogue.products.get(id) ?? null
  }

  async add(product: NewProduct): Promise<Product> {
    const category = this.#categoryFor(product)
    this.#assertSkuIsFree(product.sku, null)
    const stored: Product = { ...product, category, id: ++this.#catalogue.lastId }
    this.#catalogue.products.set(stored.id, stored)
    return stored
  }

  async save(id: number, product: ChangedProduct, expectedVersion: number): Promise<Product | null> {
    const current = this.#catalogue.products.get(id)
    if (current?.version !== expectedVersion) return null
    const category = this.#categoryFor(product)
    this.#assertSkuIsFree(product.sku, id)
    const stored: Product = { ...current, ...product, category }
    this.#catalogue.products.set(id, stored)
    return stored
  }

  async remove(id: number, expectedVersion: number): Promise<boolean> {
    if (this.#catalogue.products.get(id)?.version !== expectedVersion) return false
    return this.#catalogue.products.delete(id)
  }

  #matching(filter: ProductFilter, sort: ProductSort): Product[] {
    return [...this.#catalogue.products.values()]
      .filter((product) => matches(product, filter))
      .toSorted((left, right) => comparePositions(positionOf(left, sort), positionOf(right, sort), sort))
  }

  #categoryFor({ category }: ProductDetails): Category {
    const { categories } = this.#catalogue
    const found = categories.get(category)
    if (found === undefined) throw new UnknownCategory(category, [...categories.keys()].toSorted())
    return found
  }

  #assertSkuIsFree(sku: string, owner: number | null): void {
    for (const product of this.#catalogue.products.values()) {
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
