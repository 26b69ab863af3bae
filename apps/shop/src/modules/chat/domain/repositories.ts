import type { Message, MessageDraft, ReadMark, StoredMessage } from './message.js'
import type { Room, RoomSummary, RoomWithMembers } from './room.js'

/** Where rooms live, and who belongs to them. All methods reject with StorageUnavailable. */
export interface RoomRepository {
  find(id: string): Promise<RoomWithMembers | null>
  /** The public rooms and those that the user belongs to, the newest first; with what the user has not read. */
  listFor(userId: string): Promise<readonly RoomSummary[]>
  add(room: Room, memberIds: readonly string[]): Promise<void>
  /** False when the user belonged to it already. */
  addMember(roomId: string, userId: string): Promise<boolean>
  /** False when the user did not belong to it. */
  removeMember(roomId: string, userId: string): Promise<boolean>
  /** Adds a room that the shop has by itself, if it is not there yet. */
  addMissing(room: Room): Promise<void>
}

/** Where messages live. All methods reject with StorageUnavailable. */
export interface MessageRepository {
  /**
   * Gives a message the next place in its room and stores it. Rooms are locked while that is done: who reads up to a
   * place has read all before it. What the author has stored with the same client id is given back as it is.
   */
  append(draft: MessageDraft): Promise<StoredMessage>
  /** At most `limit` messages, the newest first, from those before a place; from the newest when it is null. */
  before(roomId: string, sequence: number | null, limit: number): Promise<readonly Message[]>
  /** At most `limit` messages in their order, from those after a place. */
  after(roomId: string, sequence: number, limit: number): Promise<readonly Message[]>
}

/** How far who has read. All methods reject with StorageUnavailable. */
export interface ReadRepository {
  /** Moves the mark forward, at most to the newest message; false when it was there or further already. */
  mark(roomId: string, userId: string, sequence: number, now: Date): Promise<boolean>
  of(roomId: string): Promise<readonly ReadMark[]>
}
