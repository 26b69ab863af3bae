import { Money } from '../../../../domain/money.js'
import { CATALOGUE_CURRENCY, type Product } from '../../../catalogue/domain/product.js'
import type { ProductRepository } from '../../../catalogue/domain/repositories.js'
import type { CartLine, CartOwner } from '../../domain/cart.js'
import type { CartRepository } from '../../domain/repositories.js'

export interface CartViewLine {
  readonly productId: number
  readonly quantity: number
  /** As it is sold now; null when it is no longer. */
  readonly product: Product | null
  /** Whether as many could be had just now. */
  readonly isAvailable: boolean
  /** Null when it is no longer sold. */
  readonly total: Money | null
}

export interface CartView {
  readonly lines: readonly CartViewLine[]
  /** Of what is still sold. */
  readonly total: Money
}

/** A cart with what its products cost, and how many there are, at this moment. */
export class CartQueries {
  readonly #carts: CartRepository
  readonly #products: ProductRepository

  constructor({ carts, products }: { carts: CartRepository; products: ProductRepository }) {
    this.#carts = carts
    this.#products = products
  }

  /** Who has no cart has an empty one. */
  async view(owner: CartOwner | null): Promise<CartView> {
    const cart = owner === null ? null : await this.#carts.find(owner)
    const wanted = cart?.lines ?? []
    const products = await this.#productsOf(wanted)
    const lines = wanted.map((line) => viewLine(line, products.get(line.productId) ?? null))
    const totals = lines.flatMap(({ total }) => total ?? [])
    return { lines, total: Money.sum(totals, CATALOGUE_CURRENCY) }
  }

  async #productsOf(lines: readonly CartLine[]): Promise<ReadonlyMap<number, Product>> {
    return lines.length === 0 ? new Map() : this.#products.findAll(lines.map(({ productId }) => productId))
  }
}

function viewLine({ productId, quantity }: CartLine, product: Product | null): CartViewLine {
  return {
    productId,
    quantity,
    product,
    isAvailable: product !== null && product.stock >= quantity,
    total: product?.price.times(quantity) ?? null,
  }
}
