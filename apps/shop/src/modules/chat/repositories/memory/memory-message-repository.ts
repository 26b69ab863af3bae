import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import { RoomNotFound } from '../../domain/errors.js'
import type { Message, MessageDraft, StoredMessage } from '../../domain/message.js'
import type { MessageRepository } from '../../domain/repositories.js'
import { keyOf, messageTable, roomTable } from './memory-chat.js'

export class MemoryMessageRepository implements MessageRepository {
  readonly #messages
  readonly #rooms

  constructor(memory: MemoryDatabase) {
    this.#messages = messageTable(memory)
    this.#rooms = roomTable(memory)
  }

  /** Nothing comes between: there is no await in it. */
  async append(draft: MessageDraft): Promise<StoredMessage> {
    const room = this.#rooms.get(draft.roomId)
    if (room === undefined) throw new RoomNotFound(draft.roomId)
    const key = keyOf(draft.roomId, draft.authorId, draft.clientId)
    const known = this.#messages.get(key)
    if (known !== undefined) return { message: known, isNew: false }
    const message: Message = { ...draft, sequence: room.lastSequence + 1 }
    this.#rooms.set(room.id, { ...room, lastSequence: message.sequence })
    this.#messages.set(key, message)
    return { message, isNew: true }
  }

  async before(roomId: string, sequence: number | null, limit: number): Promise<readonly Message[]> {
    return this.#of(roomId)
      .filter((message) => sequence === null || message.sequence < sequence)
      .toReversed()
      .slice(0, limit)
  }

  async after(roomId: string, sequence: number, limit: number): Promise<readonly Message[]> {
    return this.#of(roomId)
      .filter((message) => message.sequence > sequence)
      .slice(0, limit)
  }

  #of(roomId: string): readonly Message[] {
    return this.#messages
      .values()
      .filter((message) => message.roomId === roomId)
      .toSorted((left, right) => left.sequence - right.sequence)
  }
}
