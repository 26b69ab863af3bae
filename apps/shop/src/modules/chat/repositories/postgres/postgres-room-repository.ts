import { and, desc, eq, inArray, or, sql } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { RoomRepository } from '../../domain/repositories.js'
import type { Room, RoomSummary, RoomWithMembers } from '../../domain/room.js'
import { chatMembers, chatReads, chatRooms } from './tables.js'

export class PostgresRoomRepository implements RoomRepository {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  find(id: string): Promise<RoomWithMembers | null> {
    return query(async () => {
      const [room] = await this.#sql.current.select().from(chatRooms).where(eq(chatRooms.id, id))
      if (room === undefined) return null
      const members = await this.#membersOf([id])
      return { room, memberIds: members.get(id) ?? [] }
    })
  }

  listFor(userId: string): Promise<readonly RoomSummary[]> {
    return query(async () => {
      const mine = this.#sql.current
        .select({ id: chatMembers.roomId })
        .from(chatMembers)
        .where(eq(chatMembers.userId, userId))
      const rows = await this.#sql.current
        .select({ room: chatRooms, read: sql<number>`coalesce(${chatReads.sequence}, 0)` })
        .from(chatRooms)
        .leftJoin(chatReads, and(eq(chatReads.roomId, chatRooms.id), eq(chatReads.userId, userId)))
        .where(or(eq(chatRooms.kind, 'public'), inArray(chatRooms.id, mine)))
        .orderBy(desc(chatRooms.createdAt), desc(chatRooms.id))
      const members = await this.#membersOf(rows.map(({ room }) => room.id))
      return rows.map(({ room, read }) => ({
        room,
        memberIds: members.get(room.id) ?? [],
        unread: room.lastSequence - read,
      }))
    })
  }

  async add(room: Room, memberIds: readonly string[]): Promise<void> {
    await query(async () => {
      await this.#sql.current.insert(chatRooms).values(room)
      await this.#sql.current
        .insert(chatMembers)
        .values(memberIds.map((userId) => ({ roomId: room.id, userId })))
    })
  }

  addMember(roomId: string, userId: string): Promise<boolean> {
    return query(async () => {
      const added = await this.#sql.current
        .insert(chatMembers)
        .values({ roomId, userId })
        .onConflictDoNothing()
        .returning()
      return added.length > 0
    })
  }

  removeMember(roomId: string, userId: string): Promise<boolean> {
    return query(async () => {
      const removed = await this.#sql.current
        .delete(chatMembers)
        .where(and(eq(chatMembers.roomId, roomId), eq(chatMembers.userId, userId)))
        .returning()
      return removed.length > 0
    })
  }

  async addMissing(room: Room): Promise<void> {
    await query(async () => this.#sql.current.insert(chatRooms).values(room).onConflictDoNothing())
  }

  async #membersOf(roomIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (roomIds.length === 0) return new Map()
    const rows = await this.#sql.current
      .select()
      .from(chatMembers)
      .where(inArray(chatMembers.roomId, [...roomIds]))
    const members = new Map<string, string[]>(roomIds.map((id) => [id, []]))
    for (const { roomId, userId } of rows) members.get(roomId)?.push(userId)
    for (const ids of members.values()) ids.sort()
    return members
  }
}
