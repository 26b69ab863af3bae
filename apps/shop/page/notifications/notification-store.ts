import { type Received, type Schemas, success } from '../api/client.js'
import { live } from '../live/socket.js'
import { session } from '../session/session.js'
import { asVisitor } from '../session/visitor.js'

export type Notification = Schemas['Notification']

export type NotificationList = Received<'/v1/notifications', 'get'>

/** How often the count is asked for while the socket is not there. */
const ASK_MS = 30_000

/** What has happened that the visitor shall know: how much of it is unread, and what comes in. */
export class NotificationStore {
  #unread = 0
  readonly #counted = new Set<(unread: number) => void>()
  readonly #new = new Set<(notification: Notification) => void>()

  constructor() {
    live.on<{ notification: Notification; unread: number }>(
      'notification:new',
      ({ notification, unread }) => {
        this.#count(unread)
        for (const listener of this.#new) listener(notification)
      },
    )
    live.on<{ unread: number }>('notification:count', ({ unread }) => this.#count(unread))
    // What came while the connection was away.
    live.on('connect', () => void this.#ask())
    session.onChange((user) => {
      this.#count(0)
      if (user !== null) void this.#ask()
    })
    setInterval(() => {
      if (session.user !== null && !document.hidden) void this.#askWithoutSocket()
    }, ASK_MS)
  }

  get unread(): number {
    return this.#unread
  }

  onCount(listener: (unread: number) => void): void {
    this.#counted.add(listener)
  }

  onNew(listener: (notification: Notification) => void, signal?: AbortSignal): void {
    this.#new.add(listener)
    signal?.addEventListener('abort', () => this.#new.delete(listener))
  }

  async list(cursor: string | null, signal: AbortSignal): Promise<NotificationList> {
    const query = { limit: 20, ...(cursor !== null && { cursor }) }
    const { data } = await success(asVisitor.get('/v1/notifications', { query, signal }))
    this.#count(data.unread)
    return data
  }

  async read(id: string): Promise<void> {
    const { data } = await success(asVisitor.post('/v1/notifications/{id}/read', { params: { id } }))
    this.#count(data.unread)
  }

  /** All up to one that was seen: what comes meanwhile stays unread. */
  async readAll(upTo: string): Promise<void> {
    const { data } = await success(asVisitor.post('/v1/notifications/read', { body: { upTo } }))
    this.#count(data.unread)
  }

  async #askWithoutSocket(): Promise<void> {
    if (!(await live.isConnected())) await this.#ask()
  }

  async #ask(): Promise<void> {
    try {
      const { data } = await success(asVisitor.get('/v1/notifications', { query: { limit: 1 } }))
      this.#count(data.unread)
    } catch (error) {
      console.warn('the notifications could not be counted', error)
    }
  }

  #count(unread: number): void {
    this.#unread = unread
    for (const listener of this.#counted) listener(unread)
  }
}

export const notifications = new NotificationStore()
