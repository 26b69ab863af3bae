import { newId } from '../../../domain/ids.js'
import { type Slice, sliceOf } from '../../../domain/paging.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { Transactions } from '../../../platform/database/transactions.js'
import type { Outbox } from '../../../platform/events/outbox.js'
import { ProductNotFound } from '../../catalogue/domain/errors.js'
import { changeProduct, type Product } from '../../catalogue/domain/product.js'
import type { ProductRepository } from '../../catalogue/domain/repositories.js'
import { InsufficientStock, UnsoldProducts } from '../domain/errors.js'
import type { Movement, MovementRepository } from '../domain/movement.js'
import { type MovementKind, Stock } from '../domain/stock.js'

export interface StockDependencies {
  readonly products: ProductRepository
  readonly stockMovements: MovementRepository
  readonly transactions: Transactions
  readonly outbox: Outbox
  readonly clock: Clock
}

export interface ProductQuantity {
  readonly productId: number
  readonly quantity: number
}

/** The data of `stock.changed`. */
export interface StockChanged {
  readonly productId: number
  readonly stock: number
  readonly change: number
  readonly kind: MovementKind
}

/** Who changes the stock, and why. */
export interface Cause {
  readonly actor: string
  readonly reason: string
}

/**
 * What can be done with the stock of products. Each change is a line in the ledger and an event, in one transaction
 * with the change itself. All methods reject with ProductNotFound, and with the errors of domain/errors.ts.
 */
export class StockService {
  readonly #needs: StockDependencies

  constructor(needs: StockDependencies) {
    this.#needs = needs
  }

  async stockOf(productId: number): Promise<Stock> {
    const product = await this.#needs.products.find(productId)
    if (product === null) throw new ProductNotFound(productId)
    return new Stock(productId, product.stock)
  }

  receive(productId: number, quantity: number, cause: Cause): Promise<Movement> {
    return this.#changeOne(productId, 'receive', cause, (stock) => stock.receive(quantity))
  }

  correct(productId: number, counted: number, cause: Cause): Promise<Movement> {
    return this.#changeOne(productId, 'correct', cause, (stock) => stock.correct(counted))
  }

  /**
   * Takes pieces of several products out, all or none; gives the products as they were sold. To be called in the
   * transaction that wants them: two callers do not get the same pieces. Rejects with UnsoldProducts or
   * InsufficientStock, which name all that can not be had.
   */
  reserve(wanted: readonly ProductQuantity[], cause: Cause): Promise<ReadonlyMap<number, Product>> {
    return this.#needs.transactions.transaction(async () => {
      const found = await this.#needs.products.findForChange(wanted.map(({ productId }) => productId))
      assertAllCanBeHad(wanted, found)
      return this.#changeAll(wanted, found, 'reserve', cause, (stock, quantity) => stock.reserve(quantity))
    })
  }

  /** Puts back what was reserved. What is no longer sold has no place, and is left out. */
  async release(wanted: readonly ProductQuantity[], cause: Cause): Promise<void> {
    await this.#needs.transactions.transaction(async () => {
      const found = await this.#needs.products.findForChange(wanted.map(({ productId }) => productId))
      const left = wanted.filter(({ productId }) => found.has(productId))
      await this.#changeAll(left, found, 'release', cause, (stock, quantity) => stock.release(quantity))
    })
  }

  /** The ledger of a product, the newest line first. The place of a slice is the number of its last line. */
  async history(productId: number, before: number | null, size: number): Promise<Slice<Movement, number>> {
    const found = await this.#needs.stockMovements.list(productId, before, size + 1)
    if (found.length === 0) await this.stockOf(productId)
    return sliceOf(found, size, ({ id }) => id)
  }

  /** Writes down that a product's stock was changed by who edits the product itself. */
  async noteCorrection(product: Product, before: number, cause: Cause): Promise<void> {
    if (product.stock !== before) await this.#note(product, product.stock - before, 'correct', cause)
  }

  #changeOne(
    productId: number,
    kind: MovementKind,
    cause: Cause,
    change: (stock: Stock) => Stock,
  ): Promise<Movement> {
    return this.#needs.transactions.transaction(async () => {
      const found = await this.#needs.products.findForChange([productId])
      return this.#change(found.get(productId), productId, kind, cause, change)
    })
  }

  /** `found` are held by the transaction. */
  async #changeAll(
    wanted: readonly ProductQuantity[],
    found: ReadonlyMap<number, Product>,
    kind: MovementKind,
    cause: Cause,
    change: (stock: Stock, quantity: number) => Stock,
  ): Promise<ReadonlyMap<number, Product>> {
    for (const { productId, quantity } of wanted) {
      const product = found.get(productId)
      await this.#change(product, productId, kind, cause, (stock) => change(stock, quantity))
    }
    return found
  }

  async #change(
    product: Product | undefined,
    productId: number,
    kind: MovementKind,
    cause: Cause,
    change: (stock: Stock) => Stock,
  ): Promise<Movement> {
    if (product === undefined) throw new ProductNotFound(productId)
    const { pieces } = change(new Stock(productId, product.stock))
    const changed = changeProduct(product, { stock: pieces }, this.#needs.clock.now())
    const saved = await this.#needs.products.save(productId, changed, product.version)
    if (saved === null)
      throw new Error(`product ${productId} was changed by somebody else though it was held`)
    return this.#note(saved, pieces - product.stock, kind, cause)
  }

  async #note(product: Product, change: number, kind: MovementKind, cause: Cause): Promise<Movement> {
    const at = this.#needs.clock.now()
    const { id: productId, stock } = product
    const data: StockChanged = { productId, stock, change, kind }
    await this.#needs.outbox.append({
      id: newId(at),
      aggregate: `product:${productId}`,
      type: 'stock.changed',
      occurredAt: at,
      data,
    })
    return this.#needs.stockMovements.add({ productId, kind, change, stockAfter: stock, ...cause, at })
  }
}

/** Throws UnsoldProducts or InsufficientStock, with all that is wrong. */
function assertAllCanBeHad(wanted: readonly ProductQuantity[], found: ReadonlyMap<number, Product>): void {
  const unsold = wanted.map(({ productId }) => productId).filter((id) => !found.has(id))
  const shortages = wanted.flatMap(({ productId, quantity }) => {
    const product = found.get(productId)
    return product === undefined ? [] : (new Stock(productId, product.stock).shortageOf(quantity) ?? [])
  })
  if (unsold.length > 0) throw new UnsoldProducts(unsold, shortages)
  if (shortages.length > 0) throw new InsufficientStock(shortages)
}
