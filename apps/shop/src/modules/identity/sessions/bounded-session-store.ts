import { type SessionData, Store } from 'express-session'
import { LRUCache } from 'lru-cache'

const MAX_SESSIONS = 10_000
const DEFAULT_LIFETIME_MS = 24 * 60 * 60 * 1000

type Callback = (error?: unknown) => void

/**
 * Sessions in the memory of this process. express-session's own MemoryStore keeps what nobody asks for again; this one
 * forgets what has expired and, when there are too many, what was used longest ago.
 */
export class BoundedSessionStore extends Store {
  readonly #sessions: LRUCache<string, string>

  constructor(maxSessions = MAX_SESSIONS) {
    super()
    this.#sessions = new LRUCache({ max: maxSessions })
  }

  get size(): number {
    return this.#sessions.size
  }

  override get(id: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    const text = this.#sessions.get(id)
    const session = text === undefined ? null : (JSON.parse(text) as SessionData)
    setImmediate(callback, null, session)
  }

  override set(id: string, session: SessionData, callback: Callback = () => {}): void {
    // As text: later changes to the object are not stored until it is set again.
    this.#sessions.set(id, JSON.stringify(session), { ttl: lifetimeOf(session) })
    setImmediate(callback)
  }

  override touch(id: string, session: SessionData, callback: Callback = () => {}): void {
    if (this.#sessions.has(id)) this.set(id, session, callback)
    else setImmediate(callback)
  }

  override destroy(id: string, callback: Callback = () => {}): void {
    this.#sessions.delete(id)
    setImmediate(callback)
  }
}

function lifetimeOf({ cookie }: SessionData): number {
  return cookie.originalMaxAge ?? DEFAULT_LIFETIME_MS
}
