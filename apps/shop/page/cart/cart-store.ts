import type { Money } from '../api/catalogue.js'
import { request } from '../session/request.js'

export interface CartLine {
  readonly productId: number
  readonly quantity: number
  /** Whether there are as many pieces. */
  readonly available: boolean
  /** Null when it is no longer sold. */
  readonly product: {
    readonly sku: string
    readonly name: string
    readonly price: Money
    readonly stock: number
  } | null
  readonly total: Money | null
}

export interface Cart {
  readonly lines: readonly CartLine[]
  readonly total: Money
}

/** The cart, of a guest or of who is signed in, as the shop last told of it. */
export class CartStore {
  #cart: Cart | null = null
  readonly #listeners = new Set<(cart: Cart) => void>()

  get pieces(): number {
    return this.#cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0
  }

  onChange(listener: (cart: Cart) => void): void {
    this.#listeners.add(listener)
  }

  load(): Promise<Cart> {
    return this.#ask('GET', '/cart')
  }

  add(productId: number, quantity: number): Promise<Cart> {
    return this.#ask('POST', '/cart/lines', { productId, quantity })
  }

  change(productId: number, quantity: number): Promise<Cart> {
    return this.#ask('PATCH', `/cart/lines/${productId}`, { quantity })
  }

  remove(productId: number): Promise<Cart> {
    return this.#ask('DELETE', `/cart/lines/${productId}`)
  }

  async #ask(method: string, path: string, json?: unknown): Promise<Cart> {
    const { value } = await request<Cart>(path, { method, json })
    this.#cart = value
    for (const listener of this.#listeners) listener(value)
    return value
  }
}

export const cart = new CartStore()
