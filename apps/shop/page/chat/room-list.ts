import { create } from '../dom/create.js'
import { type Schemas, success } from '../api/client.js'
import { live } from '../live/socket.js'
import { asVisitor } from '../session/visitor.js'
import type { Message, Person } from './chat-messages.js'

/** The rooms of who is signed in, with how much is unread in each. */
export class RoomList {
  readonly element: HTMLElement
  readonly #list = create('ul', { class: 'rooms' })
  readonly #current: string
  #rooms: readonly Schemas['ChatRoomSummary'][] = []

  constructor(current: string, signal: AbortSignal) {
    this.#current = current
    this.element = create('nav', { class: 'room-nav', 'aria-label': 'Rooms' }, this.#list)
    const reload = (): void => void this.load().catch(() => {})
    live.on('chat:room-added', reload, signal)
    live.on('chat:room-removed', reload, signal)
    live.on<Message>('chat:message', ({ roomId }) => roomId !== current && reload(), signal)
  }

  async load(): Promise<void> {
    const { data } = await success(asVisitor.get('/v1/chat/rooms'))
    this.#rooms = data.items
    this.#list.replaceChildren(...this.#rooms.map((room) => this.#createItem(room)))
  }

  /** The private room with somebody: the one that there is, or a new one. */
  async privateRoomWith(me: Person, other: Person): Promise<string> {
    const found = this.#rooms.find(
      ({ kind, members }) => kind === 'private' && members.length === 2 && members.includes(other.id),
    )
    if (found !== undefined) return found.id
    const body = { title: `${me.name} and ${other.name}`.slice(0, 80), members: [other.id] }
    const { data } = await success(asVisitor.post('/v1/chat/rooms', { body }))
    return data.id
  }

  #createItem({ id, title, unread }: Schemas['ChatRoomSummary']): HTMLElement {
    const isCurrent = id === this.#current
    return create(
      'li',
      {},
      create(
        'a',
        { href: `/chat/${id}`, 'aria-current': isCurrent ? 'page' : null },
        title,
        unread > 0 &&
          !isCurrent &&
          create('span', { class: 'count' }, String(unread), create('span', { class: 'hidden' }, ' unread')),
      ),
    )
  }
}
