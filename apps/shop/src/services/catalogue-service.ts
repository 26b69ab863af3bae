import type { CategoryWithCount } from '../domain/category.js'
import { ProductNotFound, StaleProduct, UnknownCategory } from '../domain/errors.js'
import { changeProduct, createProduct, type Product, type ProductDetails } from '../domain/product.js'
import { positionOf } from '../domain/product-order.js'
import type {
  Position,
  ProductFilter,
  ProductPage,
  ProductSlice,
  ProductSort,
} from '../domain/product-query.js'
import type { CategoryRepository, ProductRepository } from '../domain/repositories.js'

/** The versions of a product that its caller has seen and agrees to change; `any` when it does not matter. */
export type ExpectedVersion = 'any' | readonly number[]

export interface CatalogueDependencies {
  readonly products: ProductRepository
  readonly categories: CategoryRepository
  /** What time it is. */
  readonly now: () => Date
}

/** What can be done with the catalogue. Every method rejects with the errors of domain/errors.ts. */
export class CatalogueService {
  readonly #products: ProductRepository
  readonly #categories: CategoryRepository
  readonly #now: () => Date

  constructor({ products, categories, now }: CatalogueDependencies) {
    this.#products = products
    this.#categories = categories
    this.#now = now
  }

  /** Page `number` of the products that match, counted from 1, and where the slice after it begins. */
  async page(
    filter: ProductFilter,
    sort: ProductSort,
    number: number,
    size: number,
  ): Promise<ProductPage<Product> & ProductSlice<Product>> {
    const { items, total } = await this.#products.page(filter, sort, (number - 1) * size, size)
    if (total === 0) await this.#assertCategory(filter)
    const last = items.at(-1)
    const next = last && number * size < total ? positionOf(last, sort) : null
    return { items, total, next }
  }

  /** The products that match, after a place in their order. */
  async after(
    filter: ProductFilter,
    sort: ProductSort,
    position: Position,
    size: number,
  ): Promise<ProductSlice<Product>> {
    // One more than asked for tells whether there is a next slice, without counting them all.
    const found = await this.#products.after(filter, sort, position, size + 1)
    if (found.length === 0) await this.#assertCategory(filter)
    const items = found.slice(0, size)
    const last = items.at(-1)
    return { items, next: last && found.length > size ? positionOf(last, sort) : null }
  }

  async product(id: number): Promise<Product> {
    const product = await this.#products.find(id)
    if (product === null) throw new ProductNotFound(id)
    return product
  }

  create(details: ProductDetails): Promise<Product> {
    return this.#products.add(createProduct(details, this.#now()))
  }

  /** Changes a product that is still as its caller saw it. */
  async change(id: number, changes: Partial<ProductDetails>, expected: ExpectedVersion): Promise<Product> {
    const product = await this.#expectedProduct(id, expected)
    const changed = await this.#products.save(
      id,
      changeProduct(product, changes, this.#now()),
      product.version,
    )
    if (changed === null) throw new StaleProduct(id)
    return changed
  }

  async remove(id: number, expected: ExpectedVersion): Promise<void> {
    const product = await this.#expectedProduct(id, expected)
    if (!(await this.#products.remove(id, product.version))) throw new StaleProduct(id)
  }

  categories(): Promise<readonly CategoryWithCount[]> {
    return this.#categories.list()
  }

  async #expectedProduct(id: number, expected: ExpectedVersion): Promise<Product> {
    const product = await this.product(id)
    if (expected !== 'any' && !expected.includes(product.version)) throw new StaleProduct(id)
    return product
  }

  /** An empty result may come of a mistyped category; looked at only then. */
  async #assertCategory({ category }: ProductFilter): Promise<void> {
    if (category === null) return
    const known = (await this.#categories.list()).map(({ slug }) => slug)
    if (!known.includes(category)) throw new UnknownCategory(category, known)
  }
}
