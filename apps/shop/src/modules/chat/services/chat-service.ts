import { newId } from '../../../domain/ids.js'
import { type Slice, sliceOf } from '../../../domain/paging.js'
import type { Principal } from '../../../domain/principal.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { EventBus } from '../../../platform/events/event-bus.js'
import type { UserDirectory } from '../../identity/services/user-directory.js'
import { MentionedIsNoMember, RoomNotFound } from '../domain/errors.js'
import type { Message, MessageDraft, ReadMark, StoredMessage } from '../domain/message.js'
import type { MessageRepository, ReadRepository, RoomRepository } from '../domain/repositories.js'
import { mayEnter, type RoomWithMembers } from '../domain/room.js'
import { assertKnown } from './assert-known.js'
import type { ChatAnnouncer } from './chat-announcer.js'
import { type ChatMentioned, MENTIONED } from './chat-events.js'
import type { MessageRate } from './message-rate.js'

export interface ChatDependencies {
  readonly rooms: RoomRepository
  readonly messages: MessageRepository
  readonly reads: ReadRepository
  readonly announcer: ChatAnnouncer
  readonly rate: MessageRate
  readonly directory: UserDirectory
  readonly events: EventBus
  readonly clock: Clock
}

/** What somebody wants to say. */
export type NewMessage = Pick<MessageDraft, 'roomId' | 'clientId' | 'text' | 'mentions'>

/** Talking and reading in rooms. Everything is done in somebody's name; who may not gets RoomNotFound. */
export class ChatService {
  readonly #rooms: RoomRepository
  readonly #messages: MessageRepository
  readonly #reads: ReadRepository
  readonly #announcer: ChatAnnouncer
  readonly #rate: MessageRate
  readonly #directory: UserDirectory
  readonly #events: EventBus
  readonly #clock: Clock

  constructor({ rooms, messages, reads, announcer, rate, directory, events, clock }: ChatDependencies) {
    this.#rooms = rooms
    this.#messages = messages
    this.#reads = reads
    this.#announcer = announcer
    this.#rate = rate
    this.#directory = directory
    this.#events = events
    this.#clock = clock
  }

  /** The room, for somebody who may enter it. */
  async room(user: Principal, roomId: string): Promise<RoomWithMembers> {
    const found = await this.#rooms.find(roomId)
    if (found === null || !mayEnter(found, user.id)) throw new RoomNotFound(roomId)
    return found
  }

  /**
   * Stores a message, then tells the room. Sent again with the same client id, it is the message that is stored
   * already, and the room is not told twice. Rejects with TooManyMessages, MentionedIsNoMember and UnknownUsers too.
   */
  async send(user: Principal, { roomId, clientId, text, mentions }: NewMessage): Promise<StoredMessage> {
    await this.#rate.count(user.id)
    const entered = await this.room(user, roomId)
    const stranger = mentions.find((id) => !mayEnter(entered, id))
    if (stranger !== undefined) throw new MentionedIsNoMember(stranger)
    // Anybody may enter a public room, also who does not exist.
    if (entered.room.kind === 'public') await assertKnown(this.#directory, mentions, 'mentions')
    const now = this.#clock.now()
    const stored = await this.#messages.append({
      id: newId(now),
      roomId,
      authorId: user.id,
      authorName: user.name,
      clientId,
      text,
      mentions: [...new Set(mentions)],
      sentAt: now,
    })
    if (stored.isNew) this.#announcer.message(stored.message)
    await this.#tellMentioned(entered, stored.message)
    await this.read(user, roomId, stored.message.sequence)
    return stored
  }

  /** The messages before a place, the newest first; from the newest when it is null. */
  async history(
    user: Principal,
    roomId: string,
    before: number | null,
    limit: number,
  ): Promise<Slice<Message, number>> {
    await this.room(user, roomId)
    const found = await this.#messages.before(roomId, before, limit + 1)
    return sliceOf(found, limit, ({ sequence }) => sequence)
  }

  /** The messages after a place, in their order: what somebody missed who was away. */
  async since(
    user: Principal,
    roomId: string,
    after: number,
    limit: number,
  ): Promise<Slice<Message, number>> {
    await this.room(user, roomId)
    const found = await this.#messages.after(roomId, after, limit + 1)
    return sliceOf(found, limit, ({ sequence }) => sequence)
  }

  /** Somebody has read up to a place; marks only go forward. */
  async read(user: Principal, roomId: string, sequence: number): Promise<void> {
    await this.room(user, roomId)
    if (await this.#reads.mark(roomId, user.id, sequence, this.#clock.now()))
      this.#announcer.read(roomId, { userId: user.id, sequence })
  }

  /** How far everybody has read. */
  async reads(user: Principal, roomId: string): Promise<readonly ReadMark[]> {
    await this.room(user, roomId)
    return this.#reads.of(roomId)
  }

  /** Told also of what is stored already: the first attempt may have ended before it. The event's id is the same. */
  async #tellMentioned({ room }: RoomWithMembers, message: Message): Promise<void> {
    const userIds = message.mentions.filter((id) => id !== message.authorId)
    if (userIds.length === 0) return
    const data: ChatMentioned = {
      roomId: room.id,
      roomTitle: room.title,
      messageId: message.id,
      sequence: message.sequence,
      authorName: message.authorName,
      text: message.text,
      userIds,
    }
    const id = `${MENTIONED}:${message.id}`
    await this.#events.publish({ id, type: MENTIONED, occurredAt: message.sentAt, data })
  }
}
