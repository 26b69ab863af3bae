import { and, desc, eq, lt } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { Movement, MovementRepository, NewMovement } from '../../domain/movement.js'
import { stockMovements } from './tables.js'

export class PostgresMovementRepository implements MovementRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  add(movement: NewMovement): Promise<Movement> {
    return query(async () => {
      const [row] = await this.#sql.current.insert(stockMovements).values(movement).returning()
      if (row === undefined) throw new Error('an insert gave back no row')
      return row
    })
  }

  list(productId: number, before: number | null, limit: number): Promise<readonly Movement[]> {
    const begin = before === null ? undefined : lt(stockMovements.id, before)
    return query(async () =>
      this.#sql.current
        .select()
        .from(stockMovements)
        .where(and(eq(stockMovements.productId, productId), begin))
        .orderBy(desc(stockMovements.id))
        .limit(limit),
    )
  }
}
