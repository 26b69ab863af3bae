import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { RoomRepository } from '../../domain/repositories.js'
import type { Room, RoomSummary, RoomWithMembers } from '../../domain/room.js'
import { keyOf, memberTable, readTable, roomTable } from './memory-chat.js'

export class MemoryRoomRepository implements RoomRepository {
  readonly #rooms
  readonly #members
  readonly #reads

  constructor(memory: MemoryDatabase) {
    this.#rooms = roomTable(memory)
    this.#members = memberTable(memory)
    this.#reads = readTable(memory)
  }

  async find(id: string): Promise<RoomWithMembers | null> {
    const room = this.#rooms.get(id)
    return room === undefined ? null : { room, memberIds: this.#memberIds(id) }
  }

  async listFor(userId: string): Promise<readonly RoomSummary[]> {
    return this.#rooms
      .values()
      .filter(({ id, kind }) => kind === 'public' || this.#members.has(keyOf(id, userId)))
      .toSorted(newestFirst)
      .map((room) => {
        const read = this.#reads.get(keyOf(room.id, userId))?.sequence ?? 0
        return { room, memberIds: this.#memberIds(room.id), unread: room.lastSequence - read }
      })
  }

  async add(room: Room, memberIds: readonly string[]): Promise<void> {
    this.#rooms.set(room.id, room)
    for (const userId of memberIds) await this.addMember(room.id, userId)
  }

  async addMember(roomId: string, userId: string): Promise<boolean> {
    const key = keyOf(roomId, userId)
    if (this.#members.has(key)) return false
    this.#members.set(key, { roomId, userId })
    return true
  }

  async removeMember(roomId: string, userId: string): Promise<boolean> {
    return this.#members.delete(keyOf(roomId, userId))
  }

  async addMissing(room: Room): Promise<void> {
    if (!this.#rooms.has(room.id)) this.#rooms.set(room.id, room)
  }

  #memberIds(roomId: string): readonly string[] {
    return this.#members
      .values()
      .filter((member) => member.roomId === roomId)
      .map(({ userId }) => userId)
      .toSorted()
  }
}

function newestFirst(left: Room, right: Room): number {
  return right.createdAt.getTime() - left.createdAt.getTime() || (left.id < right.id ? 1 : -1)
}
