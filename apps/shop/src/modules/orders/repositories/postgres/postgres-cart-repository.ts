import { and, eq, isNotNull, lt, type SQL } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import { Cart, type CartOwner } from '../../domain/cart.js'
import type { CartRepository } from '../../domain/repositories.js'
import { carts } from './tables.js'

const OPEN_ATTEMPTS = 5

export class PostgresCartRepository implements CartRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  find(owner: CartOwner): Promise<Cart | null> {
    return query(async () => {
      const [row] = await this.#sql.current.select().from(carts).where(ownedBy(owner))
      return row === undefined ? null : cartOf(row, owner)
    })
  }

  async open(owner: CartOwner, id: string, now: Date): Promise<Cart> {
    // It may be taken away between the two; then it is made anew.
    for (let attempt = 1; attempt <= OPEN_ATTEMPTS; attempt++) {
      const cart = await this.#openOnce(owner, id, now)
      if (cart !== null) return cart
    }
    throw new Error('a cart was taken away each time that it was opened')
  }

  async save({ id, lines, updatedAt }: Cart): Promise<void> {
    await query(async () => this.#sql.current.update(carts).set({ lines, updatedAt }).where(eq(carts.id, id)))
  }

  take(owner: CartOwner): Promise<Cart | null> {
    return query(async () => {
      const [row] = await this.#sql.current.delete(carts).where(ownedBy(owner)).returning()
      return row === undefined ? null : cartOf(row, owner)
    })
  }

  removeAbandoned(before: Date): Promise<number> {
    return query(async () => {
      const removed = await this.#sql.current
        .delete(carts)
        .where(and(isNotNull(carts.guestHash), lt(carts.updatedAt, before)))
        .returning({ id: carts.id })
      return removed.length
    })
  }

  #openOnce(owner: CartOwner, id: string, now: Date): Promise<Cart | null> {
    return query(async () => {
      const { current } = this.#sql
      const columns =
        owner.kind === 'user'
          ? { userId: owner.userId, guestHash: null }
          : { userId: null, guestHash: owner.hash }
      await current
        .insert(carts)
        .values({ id, ...columns, lines: [], updatedAt: now })
        .onConflictDoNothing()
      const [row] = await current.select().from(carts).where(ownedBy(owner)).for('update')
      return row === undefined ? null : cartOf(row, owner)
    })
  }
}

function ownedBy(owner: CartOwner): SQL {
  return owner.kind === 'user' ? eq(carts.userId, owner.userId) : eq(carts.guestHash, owner.hash)
}

function cartOf({ id, lines, updatedAt }: typeof carts.$inferSelect, owner: CartOwner): Cart {
  return new Cart(id, owner, lines, updatedAt)
}
