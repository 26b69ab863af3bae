import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { ReadMark } from '../../domain/message.js'
import type { ReadRepository } from '../../domain/repositories.js'
import { keyOf, readTable, roomTable } from './memory-chat.js'

export class MemoryReadRepository implements ReadRepository {
  readonly #reads
  readonly #rooms

  constructor(memory: MemoryDatabase) {
    this.#reads = readTable(memory)
    this.#rooms = roomTable(memory)
  }

  async mark(roomId: string, userId: string, sequence: number): Promise<boolean> {
    const key = keyOf(roomId, userId)
    const reached = Math.min(sequence, this.#rooms.get(roomId)?.lastSequence ?? 0)
    if (reached <= (this.#reads.get(key)?.sequence ?? 0)) return false
    this.#reads.set(key, { roomId, userId, sequence: reached })
    return true
  }

  async of(roomId: string): Promise<readonly ReadMark[]> {
    return this.#reads
      .values()
      .filter((mark) => mark.roomId === roomId)
      .map(({ userId, sequence }) => ({ userId, sequence }))
      .toSorted((left, right) => (left.userId < right.userId ? -1 : 1))
  }
}
