import { newId } from '../../../domain/ids.js'
import type { Principal } from '../../../domain/principal.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { Transactions } from '../../../platform/database/transactions.js'
import type { UserDirectory } from '../../identity/services/user-directory.js'
import { NotRoomOwner, RoomFull, RoomNotFound } from '../domain/errors.js'
import type { RoomRepository } from '../domain/repositories.js'
import {
  mayAdd,
  mayEnter,
  mayRemove,
  type Room,
  ROOM_LIMITS,
  type RoomSummary,
  type RoomWithMembers,
} from '../domain/room.js'
import { assertKnown } from './assert-known.js'
import type { ChatAnnouncer } from './chat-announcer.js'

export interface RoomDependencies {
  readonly rooms: RoomRepository
  readonly transactions: Transactions
  readonly announcer: ChatAnnouncer
  readonly directory: UserDirectory
  readonly clock: Clock
}

/** Rooms, and who belongs to them. */
export class RoomService {
  readonly #rooms: RoomRepository
  readonly #transactions: Transactions
  readonly #announcer: ChatAnnouncer
  readonly #directory: UserDirectory
  readonly #clock: Clock

  constructor({ rooms, transactions, announcer, directory, clock }: RoomDependencies) {
    this.#rooms = rooms
    this.#transactions = transactions
    this.#announcer = announcer
    this.#directory = directory
    this.#clock = clock
  }

  list(user: Principal): Promise<readonly RoomSummary[]> {
    return this.#rooms.listFor(user.id)
  }

  /** A private room of the user and others. Rejects with RoomFull or UnknownUsers. */
  async create(user: Principal, title: string, others: readonly string[]): Promise<RoomWithMembers> {
    const memberIds = [...new Set([user.id, ...others])]
    if (memberIds.length > ROOM_LIMITS.members) throw new RoomFull(ROOM_LIMITS.members)
    // Whoever asks is known already.
    const named = others.filter((id) => id !== user.id)
    await assertKnown(this.#directory, named, 'members')
    const now = this.#clock.now()
    const room: Room = {
      id: newId(now),
      kind: 'private',
      title,
      ownerId: user.id,
      lastSequence: 0,
      createdAt: now,
    }
    await this.#transactions.transaction(() => this.#rooms.add(room, memberIds))
    const created = { room, memberIds }
    for (const memberId of memberIds) this.#announcer.memberAdded(created, memberId)
    return created
  }

  /** Rejects with RoomNotFound, NotRoomOwner, RoomFull or UnknownUsers. Who belongs to it already stays. */
  async addMember(user: Principal, roomId: string, memberId: string): Promise<RoomWithMembers> {
    const changed = await this.#transactions.transaction(async () => {
      const found = await this.#entered(user, roomId)
      if (!mayAdd(found, user.id)) throw new NotRoomOwner(roomId)
      if (found.memberIds.includes(memberId)) return { room: found, isNew: false }
      if (found.memberIds.length >= ROOM_LIMITS.members) throw new RoomFull(ROOM_LIMITS.members)
      await assertKnown(this.#directory, [memberId], 'user')
      const isNew = await this.#rooms.addMember(roomId, memberId)
      return { room: { ...found, memberIds: [...found.memberIds, memberId] }, isNew }
    })
    if (changed.isNew) this.#announcer.memberAdded(changed.room, memberId)
    return changed.room
  }

  /** Rejects with RoomNotFound or NotRoomOwner. */
  async removeMember(user: Principal, roomId: string, memberId: string): Promise<void> {
    const found = await this.#entered(user, roomId)
    if (!mayRemove(found, user.id, memberId)) throw new NotRoomOwner(roomId)
    if (await this.#rooms.removeMember(roomId, memberId)) this.#announcer.memberRemoved(roomId, memberId)
  }

  async #entered(user: Principal, roomId: string): Promise<RoomWithMembers> {
    const found = await this.#rooms.find(roomId)
    if (found === null || !mayEnter(found, user.id)) throw new RoomNotFound(roomId)
    return found
  }
}
