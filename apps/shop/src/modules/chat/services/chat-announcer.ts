import type { Message, ReadMark } from '../domain/message.js'
import type { RoomWithMembers } from '../domain/room.js'

/** Tells those who are connected what happened, on every instance. What it tells has been stored. */
export interface ChatAnnouncer {
  message(message: Message): void
  read(roomId: string, mark: ReadMark): void
  /** Somebody belongs to a room now. */
  memberAdded(room: RoomWithMembers, userId: string): void
  /** Somebody does not belong to a room any more: all connections of the user leave it. */
  memberRemoved(roomId: string, userId: string): void
}
