import { newId } from '../../../../domain/ids.js'
import type { Clock } from '../../../../platform/clock/clock.js'
import type { Transactions } from '../../../../platform/database/transactions.js'
import type { ProductRepository } from '../../../catalogue/domain/repositories.js'
import type { Cart, CartOwner } from '../../domain/cart.js'
import { UnknownProducts } from '../../domain/errors.js'
import type { CartRepository } from '../../domain/repositories.js'

export interface CartDependencies {
  readonly carts: CartRepository
  readonly products: ProductRepository
  readonly transactions: Transactions
  readonly clock: Clock
}

/** What can be done to a cart. Rejects with the errors of domain/errors.ts. */
export class ChangeCart {
  readonly #needs: CartDependencies

  constructor(needs: CartDependencies) {
    this.#needs = needs
  }

  async add(owner: CartOwner, productId: number, quantity: number): Promise<void> {
    if ((await this.#needs.products.find(productId)) === null)
      throw new UnknownProducts([{ productId, line: null }])
    await this.#change(owner, (cart, now) => cart.add(productId, quantity, now))
  }

  change(owner: CartOwner, productId: number, quantity: number): Promise<void> {
    return this.#change(owner, (cart, now) => cart.change(productId, quantity, now))
  }

  remove(owner: CartOwner, productId: number): Promise<void> {
    return this.#change(owner, (cart, now) => cart.remove(productId, now))
  }

  clear(owner: CartOwner): Promise<void> {
    return this.#change(owner, (cart, now) => cart.cleared(now))
  }

  /** What a guest has gathered becomes a part of the user's cart, once. */
  async merge(userId: string, guest: CartOwner & { kind: 'guest' }): Promise<void> {
    const { carts, transactions, clock } = this.#needs
    await transactions.transaction(async () => {
      const left = await carts.take(guest)
      if (left === null) return
      const now = clock.now()
      const own = await carts.open({ kind: 'user', userId }, newId(now), now)
      await carts.save(own.merge(left, now))
    })
  }

  async #change(owner: CartOwner, change: (cart: Cart, now: Date) => Cart): Promise<void> {
    const { carts, transactions, clock } = this.#needs
    await transactions.transaction(async () => {
      const now = clock.now()
      await carts.save(change(await carts.open(owner, newId(now), now), now))
    })
  }
}
