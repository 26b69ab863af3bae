import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import { RoomNotFound } from '../../domain/errors.js'
import type { Message, MessageDraft, StoredMessage } from '../../domain/message.js'
import type { MessageRepository } from '../../domain/repositories.js'
import { chatMessages, chatRooms } from './tables.js'

export class PostgresMessageRepository implements MessageRepository {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  append(draft: MessageDraft): Promise<StoredMessage> {
    return query(() =>
      this.#sql.current.transaction(async (transaction) => {
        // Locks the room: what is looked for next can not come in between.
        const [room] = await transaction
          .update(chatRooms)
          .set({ lastSequence: sql`${chatRooms.lastSequence} + 1` })
          .where(eq(chatRooms.id, draft.roomId))
          .returning({ sequence: chatRooms.lastSequence })
        if (room === undefined) throw new RoomNotFound(draft.roomId)
        const [known] = await transaction
          .select()
          .from(chatMessages)
          .where(
            and(
              eq(chatMessages.roomId, draft.roomId),
              eq(chatMessages.authorId, draft.authorId),
              eq(chatMessages.clientId, draft.clientId),
            ),
          )
        if (known !== undefined) {
          // Gives the place back, under the same lock: there are no gaps.
          await transaction
            .update(chatRooms)
            .set({ lastSequence: room.sequence - 1 })
            .where(eq(chatRooms.id, draft.roomId))
          return { message: known, isNew: false }
        }
        const message = { ...draft, sequence: room.sequence }
        await transaction.insert(chatMessages).values({ ...message, mentions: [...message.mentions] })
        return { message, isNew: true }
      }),
    )
  }

  before(roomId: string, sequence: number | null, limit: number): Promise<readonly Message[]> {
    return query(async () =>
      this.#sql.current
        .select()
        .from(chatMessages)
        .where(
          and(
            eq(chatMessages.roomId, roomId),
            sequence === null ? undefined : lt(chatMessages.sequence, sequence),
          ),
        )
        .orderBy(desc(chatMessages.sequence))
        .limit(limit),
    )
  }

  after(roomId: string, sequence: number, limit: number): Promise<readonly Message[]> {
    return query(async () =>
      this.#sql.current
        .select()
        .from(chatMessages)
        .where(and(eq(chatMessages.roomId, roomId), gt(chatMessages.sequence, sequence)))
        .orderBy(asc(chatMessages.sequence))
        .limit(limit),
    )
  }
}
