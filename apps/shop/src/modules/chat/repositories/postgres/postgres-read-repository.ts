import { eq, sql } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { ReadMark } from '../../domain/message.js'
import type { ReadRepository } from '../../domain/repositories.js'
import { chatReads, chatRooms } from './tables.js'

export class PostgresReadRepository implements ReadRepository {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  mark(roomId: string, userId: string, sequence: number, now: Date): Promise<boolean> {
    return query(async () => {
      const database = this.#sql.current
      const [room] = await database
        .select({ last: chatRooms.lastSequence })
        .from(chatRooms)
        .where(eq(chatRooms.id, roomId))
      const reached = Math.min(sequence, room?.last ?? 0)
      if (reached < 1) return false
      const moved = await database
        .insert(chatReads)
        .values({ roomId, userId, sequence: reached, readAt: now })
        .onConflictDoUpdate({
          target: [chatReads.roomId, chatReads.userId],
          set: { sequence: reached, readAt: now },
          setWhere: sql`${chatReads.sequence} < ${reached}`,
        })
        .returning()
      return moved.length > 0
    })
  }

  of(roomId: string): Promise<readonly ReadMark[]> {
    return query(async () => {
      const rows = await this.#sql.current
        .select({ userId: chatReads.userId, sequence: chatReads.sequence })
        .from(chatReads)
        .where(eq(chatReads.roomId, roomId))
      return rows.toSorted((left, right) => (left.userId < right.userId ? -1 : 1))
    })
  }
}
