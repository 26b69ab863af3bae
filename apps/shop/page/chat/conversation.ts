import { live } from '../live/socket.js'
import type { History, Joined, Message, Person, ReadMark, Room } from './chat-messages.js'

const HISTORY = '30'
/** How long somebody is shown to type after they last said so. */
const TYPING_MS = 5000

type Changed = 'newer' | 'older' | 'people' | 'reads' | 'typing'

/**
 * One room as this window knows it: messages in their order, who is here, who types, how far who has read. It stays
 * true over lost connections: what was missed is asked for by the number of the newest message.
 */
export class Conversation {
  readonly roomId: string
  readonly #me: string
  readonly #changed: (what: Changed) => void
  readonly #messages = new Map<number, Message>()
  readonly #here = new Map<string, Person>()
  readonly #reads = new Map<string, number>()
  readonly #typing = new Map<string, { readonly person: Person; readonly timer: number }>()
  /** By id: also of those who have left. */
  readonly #names = new Map<string, string>()
  #room: Room | null = null
  #cursor: string | null = null
  #isLoading = false

  constructor(roomId: string, me: Person, changed: (what: Changed) => void, signal: AbortSignal) {
    this.roomId = roomId
    this.#me = me.id
    this.#changed = changed
    this.#listen(signal)
  }

  /** In their order. */
  get messages(): readonly Message[] {
    return [...this.#messages.values()].toSorted((a, b) => a.sequence - b.sequence)
  }

  get title(): string {
    return this.#room?.title ?? ''
  }

  get others(): readonly Person[] {
    return [...this.#here.values()].filter(({ id }) => id !== this.#me)
  }

  get typing(): readonly string[] {
    return [...this.#typing.values()].map(({ person }) => person.name)
  }

  get hasOlder(): boolean {
    return this.#cursor !== null
  }

  /** Everybody whose name is known here. */
  get people(): readonly Person[] {
    return [...this.#names].map(([id, name]) => ({ id, name }))
  }

  /** The names of others who have read up to a message. */
  readersOf(sequence: number): readonly string[] {
    return [...this.#reads]
      .filter(([id, read]) => id !== this.#me && read >= sequence)
      .flatMap(([id]) => this.#names.get(id) ?? [])
  }

  async open(): Promise<void> {
    await this.#join()
    await this.loadOlder()
  }

  /** Reads on in the past. */
  async loadOlder(): Promise<void> {
    if (this.#isLoading || (this.#messages.size > 0 && this.#cursor === null)) return
    this.#isLoading = true
    try {
      const cursor = this.#cursor === null ? {} : { cursor: this.#cursor }
      const payload = { roomId: this.roomId, limit: Number(HISTORY), ...cursor }
      const { items, nextCursor } = await live.ask<History>('chat:history', payload)
      this.#cursor = nextCursor
      this.#keep(items)
      this.#changed('older')
    } finally {
      this.#isLoading = false
    }
  }

  /** `clientId` names the message: sent again with the same one, it is stored once. */
  async send(text: string, clientId: string, mentions: readonly string[]): Promise<void> {
    const payload = { roomId: this.roomId, clientId, text, mentions }
    const { message } = await live.ask<{ message: Message }>('chat:send', payload)
    this.#keep([message])
    this.#changed('newer')
  }

  sayTyping(isTyping: boolean): void {
    live.ask('chat:typing', { roomId: this.roomId, isTyping }).catch(() => {})
  }

  /** The visitor has seen all that is there. */
  markRead(): void {
    const sequence = this.#newest
    if (sequence <= (this.#reads.get(this.#me) ?? 0)) return
    this.#reads.set(this.#me, sequence)
    live.ask('chat:read', { roomId: this.roomId, sequence }).catch(() => this.#reads.delete(this.#me))
  }

  get #newest(): number {
    return Math.max(0, ...this.#messages.keys())
  }

  /** Enters the room, or comes back to it; then also what was said meanwhile. */
  async #join(): Promise<void> {
    let after: number | null = this.#messages.size === 0 ? null : this.#newest
    do {
      const payload = { roomId: this.roomId, ...(after !== null && { after }) }
      const joined: Joined = await live.ask<Joined>('chat:join', payload)
      this.#room = joined.room
      this.#here.clear()
      for (const person of joined.here) this.#meet(person)
      for (const mark of joined.reads) this.#reads.set(mark.userId, mark.sequence)
      this.#keep(joined.messages ?? [])
      after = joined.nextAfter ?? null
    } while (after !== null)
    this.#changed('people')
    this.#changed('newer')
  }

  #listen(signal: AbortSignal): void {
    const here = <P extends { readonly roomId: string }>(event: string, heard: (payload: P) => void): void =>
      live.on<P>(event, (payload) => payload.roomId === this.roomId && heard(payload), signal)
    here<Message>('chat:message', (message) => {
      const isGap = message.sequence > this.#newest + 1 && this.#messages.size > 0
      if (isGap) return void this.#join().catch(() => {})
      this.#keep([message])
      this.#endTyping(message.author.id)
      this.#changed('newer')
    })
    here<ReadMark & { roomId: string }>('chat:read', ({ userId, sequence }) => {
      this.#reads.set(userId, Math.max(sequence, this.#reads.get(userId) ?? 0))
      this.#changed('reads')
    })
    here<{ roomId: string; user: Person; isHere: boolean }>('chat:presence', ({ user, isHere }) => {
      if (isHere) this.#meet(user)
      else this.#here.delete(user.id)
      this.#endTyping(user.id)
      this.#changed('people')
    })
    here<{ roomId: string; user: Person; isTyping: boolean }>('chat:typing', ({ user, isTyping }) => {
      this.#endTyping(user.id)
      if (isTyping) {
        const timer = setTimeout(() => this.#endTyping(user.id), TYPING_MS)
        this.#typing.set(user.id, { person: user, timer })
      }
      this.#changed('typing')
    })
    live.on('connect', () => void this.#join().catch(() => {}), signal)
    signal.addEventListener('abort', () => {
      for (const { timer } of this.#typing.values()) clearTimeout(timer)
      live.ask('chat:leave', { roomId: this.roomId }).catch(() => {})
    })
  }

  #keep(messages: readonly Message[]): void {
    for (const message of messages) {
      this.#messages.set(message.sequence, message)
      this.#names.set(message.author.id, message.author.name)
      // Who sends has read.
      const read = this.#reads.get(message.author.id) ?? 0
      this.#reads.set(message.author.id, Math.max(read, message.sequence))
    }
  }

  #meet(person: Person): void {
    this.#here.set(person.id, person)
    this.#names.set(person.id, person.name)
  }

  #endTyping(id: string): void {
    const typing = this.#typing.get(id)
    if (typing === undefined) return
    clearTimeout(typing.timer)
    this.#typing.delete(id)
    this.#changed('typing')
  }
}
