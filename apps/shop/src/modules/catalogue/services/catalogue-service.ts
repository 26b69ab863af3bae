import { type Page, type Slice, sliceOf } from '../../../domain/paging.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { Transactions } from '../../../platform/database/transactions.js'
import type { CategoryWithCount } from '../domain/category.js'
import { ProductNotFound, StaleProduct, UnknownCategory } from '../domain/errors.js'
import { changeProduct, createProduct, type Product, type ProductDetails } from '../domain/product.js'
import { positionOf } from '../domain/product-order.js'
import type { Position, ProductFilter, ProductSort } from '../domain/product-query.js'
import type { CategoryRepository, ProductRepository } from '../domain/repositories.js'

/** The versions of a product that its caller has seen and agrees to change; `any` when it does not matter. */
export type ExpectedVersion = 'any' | readonly number[]

/** Where it is written down that a stock was changed by who edits the product, and told to who watches stocks. */
export interface StockJournal {
  noteCorrection(
    product: Product,
    before: number,
    cause: { readonly actor: string; readonly reason: string },
  ): Promise<void>
}

export interface CatalogueDependencies {
  readonly products: ProductRepository
  readonly categories: CategoryRepository
  readonly stock: StockJournal
  readonly transactions: Transactions
  readonly clock: Clock
}

/** What can be done with the catalogue. Every method rejects with the errors of domain/errors.ts. */
export class CatalogueService {
  readonly #products: ProductRepository
  readonly #categories: CategoryRepository
  readonly #stock: StockJournal
  readonly #transactions: Transactions
  readonly #clock: Clock

  constructor({ products, categories, stock, transactions, clock }: CatalogueDependencies) {
    this.#products = products
    this.#categories = categories
    this.#stock = stock
    this.#transactions = transactions
    this.#clock = clock
  }

  /** Page `number` of the products that match, counted from 1, and where the slice after it begins. */
  async page(
    filter: ProductFilter,
    sort: ProductSort,
    number: number,
    size: number,
  ): Promise<Page<Product> & Slice<Product, Position>> {
    const { items, total } = await this.#products.page(filter, sort, (number - 1) * size, size)
    if (total === 0) await this.#assertCategory(filter)
    const last = items.at(-1)
    const next = last && number * size < total ? positionOf(last, sort) : null
    return { items, total, next }
  }

  /** The products that match, after a place in their order; from the first when it is null. */
  async after(
    filter: ProductFilter,
    sort: ProductSort,
    position: Position | null,
    size: number,
  ): Promise<Slice<Product, Position>> {
    const found = await this.#products.after(filter, sort, position, size + 1)
    if (found.length === 0) await this.#assertCategory(filter)
    return sliceOf(found, size, (product) => positionOf(product, sort))
  }

  async product(id: number): Promise<Product> {
    const product = await this.#products.find(id)
    if (product === null) throw new ProductNotFound(id)
    return product
  }

  /** Those of the products that there are, by id. */
  async productsOf(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    return ids.length === 0 ? new Map() : this.#products.findAll(ids)
  }

  create(details: ProductDetails): Promise<Product> {
    return this.#products.add(createProduct(details, this.#clock.now()))
  }

  /** Changes a product that is still as its caller saw it. A stock that is changed so is corrected, by `actor`. */
  change(
    id: number,
    changes: Partial<ProductDetails>,
    expected: ExpectedVersion,
    actor = 'shop',
  ): Promise<Product> {
    return this.#transactions.transaction(async () => {
      const product = await this.#expectedProduct(id, expected)
      const changed = await this.#products.save(
        id,
        changeProduct(product, changes, this.#clock.now()),
        product.version,
      )
      if (changed === null) throw new StaleProduct(id)
      await this.#stock.noteCorrection(changed, product.stock, { actor, reason: 'edited with the product' })
      return changed
    })
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
