import type { Received, Schemas } from '../api/client.js'

/*
 * What the chat says over its socket (PROTOCOL.md); rooms and messages are as the API shows them.
 */

export type Message = Schemas['ChatMessage']

export type Person = Message['author']

export type ReadMark = Schemas['ChatRoomWithReads']['reads'][number]

export type Room = Schemas['ChatRoom']

export interface Joined {
  readonly room: Room
  readonly here: readonly Person[]
  readonly reads: readonly ReadMark[]
  readonly messages?: readonly Message[]
  readonly nextAfter?: number | null
}

export type History = Received<'/v1/chat/rooms/{room}/messages', 'get'>
