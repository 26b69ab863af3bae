import { type Schemas, success } from '../api/client.js'
import { asVisitor } from '../session/visitor.js'

export type Cart = Schemas['Cart']

export type CartLine = Cart['lines'][number]

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

  async load(): Promise<Cart> {
    return this.#take(await success(asVisitor.get('/v1/cart')))
  }

  async add(productId: number, quantity: number): Promise<Cart> {
    return this.#take(await success(asVisitor.post('/v1/cart/lines', { body: { productId, quantity } })))
  }

  async change(productId: number, quantity: number): Promise<Cart> {
    const request = { params: { productId }, body: { quantity } }
    return this.#take(await success(asVisitor.patch('/v1/cart/lines/{productId}', request)))
  }

  async remove(productId: number): Promise<Cart> {
    const request = { params: { productId } }
    return this.#take(await success(asVisitor.delete('/v1/cart/lines/{productId}', request)))
  }

  #take({ data }: { readonly data: Cart }): Cart {
    this.#cart = data
    for (const listener of this.#listeners) listener(data)
    return data
  }
}

export const cart = new CartStore()
