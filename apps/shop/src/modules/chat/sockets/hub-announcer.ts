import type { SocketHub } from '../../../platform/realtime/socket-hub.js'
import type { Message, ReadMark } from '../domain/message.js'
import type { RoomWithMembers } from '../domain/room.js'
import { representMessage, representRoom } from '../http/representation.js'
import type { ChatAnnouncer } from '../services/chat-announcer.js'

const PREFIX = 'room '

/** The hub's room of a room of the chat. */
export function roomOf(roomId: string): string {
  return `${PREFIX}${roomId}`
}

/** The rooms of the chat among those of a connection. */
export function roomsIn(rooms: Iterable<string>): readonly string[] {
  return [...rooms].filter((room) => room.startsWith(PREFIX)).map((room) => room.slice(PREFIX.length))
}

/** Tells it to the sockets of all instances. */
export class HubAnnouncer implements ChatAnnouncer {
  readonly #hub: SocketHub

  constructor(hub: SocketHub) {
    this.#hub = hub
  }

  message(message: Message): void {
    this.#hub.toRoom(roomOf(message.roomId), 'chat:message', representMessage(message))
  }

  read(roomId: string, mark: ReadMark): void {
    this.#hub.toRoom(roomOf(roomId), 'chat:read', { roomId, ...mark })
  }

  memberAdded(room: RoomWithMembers, userId: string): void {
    this.#hub.toUser(userId, 'chat:room-added', { room: representRoom(room) })
  }

  memberRemoved(roomId: string, userId: string): void {
    this.#hub.putOut(userId, roomOf(roomId))
    this.#hub.toUser(userId, 'chat:room-removed', { roomId })
  }
}
