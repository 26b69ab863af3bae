import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import { Cart, type CartOwner } from '../../domain/cart.js'
import type { CartRepository } from '../../domain/repositories.js'

export class MemoryCartRepository implements CartRepository {
  readonly #carts: MemoryTable<string, Cart>

  constructor(memory: MemoryDatabase) {
    this.#carts = memory.table('carts')
  }

  async find(owner: CartOwner): Promise<Cart | null> {
    return this.#carts.get(keyOf(owner)) ?? null
  }

  async open(owner: CartOwner, id: string, now: Date): Promise<Cart> {
    const found = this.#carts.get(keyOf(owner))
    if (found !== undefined) return found
    const cart = Cart.empty(id, owner, now)
    this.#carts.set(keyOf(owner), cart)
    return cart
  }

  async save(cart: Cart): Promise<void> {
    this.#carts.set(keyOf(cart.owner), cart)
  }

  async take(owner: CartOwner): Promise<Cart | null> {
    const cart = await this.find(owner)
    this.#carts.delete(keyOf(owner))
    return cart
  }

  async removeAbandoned(before: Date): Promise<number> {
    const old = this.#carts
      .values()
      .filter(({ owner, updatedAt }) => owner.kind === 'guest' && updatedAt < before)
    for (const { owner } of old) this.#carts.delete(keyOf(owner))
    return old.length
  }
}

function keyOf(owner: CartOwner): string {
  return owner.kind === 'user' ? `user ${owner.userId}` : `guest ${owner.hash}`
}
