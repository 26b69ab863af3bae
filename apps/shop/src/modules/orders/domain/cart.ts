import { CartIsFull, LineNotFound } from './errors.js'

export const CART_LIMITS = { lines: 50, quantity: 999 } as const

/** What somebody wants to have: nothing is reserved, no price is kept. */
export interface CartLine {
  readonly productId: number
  readonly quantity: number
}

export type CartOwner =
  | { readonly kind: 'user'; readonly userId: string }
  /** The hash of a token that only the guest has. */
  | { readonly kind: 'guest'; readonly hash: string }

/** Immutable. Each product is in one line at most. */
export class Cart {
  readonly id: string
  readonly owner: CartOwner
  readonly lines: readonly CartLine[]
  readonly updatedAt: Date

  constructor(id: string, owner: CartOwner, lines: readonly CartLine[], updatedAt: Date) {
    this.id = id
    this.owner = owner
    this.lines = lines
    this.updatedAt = updatedAt
  }

  static empty(id: string, owner: CartOwner, now: Date): Cart {
    return new Cart(id, owner, [], now)
  }

  /** More of a product. Throws CartIsFull. */
  add(productId: number, quantity: number, now: Date): Cart {
    const line = this.#find(productId)
    if (line === undefined && this.lines.length >= CART_LIMITS.lines)
      throw new CartIsFull('productId', CART_LIMITS.lines)
    return this.#put(productId, (line?.quantity ?? 0) + quantity, now)
  }

  /** So many of a product. Throws LineNotFound, and CartIsFull. */
  change(productId: number, quantity: number, now: Date): Cart {
    if (this.#find(productId) === undefined) throw new LineNotFound(productId)
    return this.#put(productId, quantity, now)
  }

  /** Throws LineNotFound. */
  remove(productId: number, now: Date): Cart {
    if (this.#find(productId) === undefined) throw new LineNotFound(productId)
    return new Cart(
      this.id,
      this.owner,
      this.lines.filter((line) => line.productId !== productId),
      now,
    )
  }

  cleared(now: Date): Cart {
    return new Cart(this.id, this.owner, [], now)
  }

  /** With what is in another cart; as much of it as there is room for. Quantities of one product add up. */
  merge(other: Cart, now: Date): Cart {
    const quantities = new Map(this.lines.map(({ productId, quantity }) => [productId, quantity]))
    for (const { productId, quantity } of other.lines) {
      if (!quantities.has(productId) && quantities.size >= CART_LIMITS.lines) continue
      const sum = (quantities.get(productId) ?? 0) + quantity
      quantities.set(productId, Math.min(sum, CART_LIMITS.quantity))
    }
    const lines = [...quantities].map(([productId, quantity]) => ({ productId, quantity }))
    return new Cart(this.id, this.owner, lines, now)
  }

  #find(productId: number): CartLine | undefined {
    return this.lines.find((line) => line.productId === productId)
  }

  #put(productId: number, quantity: number, now: Date): Cart {
    if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`no quantity: ${quantity}`)
    if (quantity > CART_LIMITS.quantity) throw new CartIsFull('quantity', CART_LIMITS.quantity)
    const line = { productId, quantity }
    const isNew = this.#find(productId) === undefined
    const lines = isNew
      ? [...this.lines, line]
      : this.lines.map((old) => (old.productId === productId ? line : old))
    return new Cart(this.id, this.owner, lines, now)
  }
}
