import type { Principal } from '../../../domain/principal.js'
import type { Translate } from '../../../http/problems/problem-of.js'
import type { Log } from '../../../platform/log/log.js'
import type { Presence } from '../../../platform/realtime/presence.js'
import type { SocketHub } from '../../../platform/realtime/socket-hub.js'
import { SessionExpired, type SocketSession } from '../../../platform/realtime/socket-session.js'
import type { Allowance } from '../../../platform/realtime/token-bucket.js'
import { NotInRoom, RoomNotFound, TooManyRooms } from '../domain/errors.js'
import { PAYLOADS } from '../http/input/chat-input.js'
import { formatCursor } from '../http/input/cursor.js'
import { representMessage, representRoom } from '../http/representation.js'
import type { ChatService } from '../services/chat-service.js'
import { roomOf, roomsIn } from './hub-announcer.js'
import { answerEvents, sessionEvent, type SocketEvent, userEvent } from './socket-events.js'

export interface ChatSocketsOptions {
  readonly hub: SocketHub
  readonly presence: Presence
  readonly chat: ChatService
  readonly translations: readonly Translate[]
  readonly allowance: Allowance
  readonly log: Log
}

/** At most so many missed messages come with a join; `nextAfter` says from where to ask on. */
const CAUGHT_UP = 50
/** In how many rooms one connection can be. */
const MAX_ROOMS = 50

/** The chat over sockets. What is sent over the wire stands in PROTOCOL.md. */
export class ChatSockets {
  readonly #hub: SocketHub
  readonly #presence: Presence
  readonly #chat: ChatService
  readonly #log: Log

  constructor({ hub, presence, chat, translations, allowance, log }: ChatSocketsOptions) {
    this.#hub = hub
    this.#presence = presence
    this.#chat = chat
    this.#log = log
    const events = this.#events()
    hub.onSession((session) => {
      answerEvents(session, { events, translations, allowance, log })
      session.socket.once('disconnecting', () => this.#leaveAll(session))
    })
    hub.onExpired((session) => this.#leaveAll(session))
    hub.onCheck((session) => void this.#checkRooms(session))
  }

  #events(): Readonly<Record<string, SocketEvent>> {
    return {
      'chat:join': userEvent(PAYLOADS.join, (user, { roomId, after }, session) =>
        this.#join(user, roomId, after ?? null, session),
      ),
      'chat:leave': userEvent(PAYLOADS.leave, async (_user, { roomId }, session) => {
        this.#leave(session, roomId)
        return {}
      }),
      'chat:send': userEvent(PAYLOADS.send, async (user, message) => {
        const stored = await this.#chat.send(user, message)
        return { message: representMessage(stored.message), isNew: stored.isNew }
      }),
      'chat:typing': userEvent(PAYLOADS.typing, async (user, { roomId, isTyping }, session) => {
        const { socket } = session
        if (!socket.rooms.has(roomOf(roomId))) throw new NotInRoom(roomId)
        const typing = { roomId, user: { id: user.id, name: user.name }, isTyping }
        // Volatile: who is slow does not get what is old news.
        socket.to(roomOf(roomId)).volatile.emit('chat:typing', typing)
        return {}
      }),
      'chat:read': userEvent(PAYLOADS.read, async (user, { roomId, sequence }) => {
        await this.#chat.read(user, roomId, sequence)
        return {}
      }),
      'chat:history': userEvent(PAYLOADS.history, async (user, { roomId, limit, cursor }) => {
        const { items, next } = await this.#chat.history(user, roomId, cursor ?? null, limit)
        return { items: items.map(representMessage), nextCursor: next && formatCursor(next) }
      }),
      'session:renew': sessionEvent(PAYLOADS.renew, async (session, { token }) => {
        await this.#hub.renew(session, token)
        return {}
      }),
    }
  }

  /** Enters first and reads then: what is said in between comes twice rather than not at all. */
  async #join(
    user: Principal,
    roomId: string,
    after: number | null,
    session: SocketSession,
  ): Promise<object> {
    await this.#chat.room(user, roomId)
    this.#enter(user, roomId, session)
    try {
      return {
        // Asked again: the membership may have ended just before the room was entered.
        room: representRoom(await this.#chat.room(user, roomId)),
        here: this.#presence.at(roomId),
        reads: await this.#chat.reads(user, roomId),
        ...(after !== null && (await this.#missed(user, roomId, after))),
      }
    } catch (error) {
      this.#leave(session, roomId)
      throw error
    }
  }

  /** Nothing comes between its steps: a connection that has ended meanwhile does not become a ghost. */
  #enter(user: Principal, roomId: string, session: SocketSession): void {
    const { socket } = session
    if (!socket.connected || session.isExpired) throw new SessionExpired()
    const joined = roomsIn(socket.rooms)
    if (joined.length >= MAX_ROOMS && !joined.includes(roomId)) throw new TooManyRooms(MAX_ROOMS)
    void socket.join(roomOf(roomId))
    this.#presence.enter(roomId, { id: user.id, name: user.name }, socket.id)
  }

  async #missed(user: Principal, roomId: string, after: number): Promise<object> {
    const { items, next } = await this.#chat.since(user, roomId, after, CAUGHT_UP)
    return { messages: items.map(representMessage), nextAfter: next }
  }

  #leave({ socket, userId }: SocketSession, roomId: string): void {
    void socket.leave(roomOf(roomId))
    this.#presence.leave(roomId, userId, socket.id)
  }

  #leaveAll(session: SocketSession): void {
    this.#presence.leaveAll(session.userId, session.socket.id)
  }

  /** Who lost the membership while Redis was away is put out now. */
  async #checkRooms(session: SocketSession): Promise<void> {
    for (const roomId of roomsIn(session.socket.rooms)) {
      try {
        await this.#chat.room(await session.current(), roomId)
      } catch (error) {
        if (error instanceof RoomNotFound) this.#leave(session, roomId)
        else this.#log.debug(`a membership could not be checked: ${String(error)}`)
      }
    }
  }
}
