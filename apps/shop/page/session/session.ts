import { ApiError } from '../api/api-error.js'
import { call } from '../api/call.js'

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly permissions: readonly string[]
}

interface Grant {
  readonly access_token: string
  readonly expires_in: number
  readonly user: User
}

/** How long before its end a token is exchanged. */
const MARGIN_MS = 30_000

/** Says that there may be a sign-in to go on with: visitors who never signed in need not ask for one. */
const TRACE = 'has-signed-in'

/**
 * Who is signed in here. The access token stays in memory, out of reach of whatever reads the storage; the refresh token
 * is in a cookie that no script sees. Requests name the token themselves, and what needs the cookie alone is refused by
 * the shop when it comes from another site: so no forged request acts for the user.
 */
export class Session {
  #user: User | null = null
  #token = ''
  #expiresAt = 0
  #refreshing: Promise<boolean> | null = null
  readonly #listeners = new Set<(user: User | null) => void>()
  /** Tells the other windows of this browser. */
  readonly #windows = new BroadcastChannel('session')
  /** Done when it is known whether somebody is signed in. */
  readonly ready: Promise<unknown>

  constructor() {
    this.#windows.addEventListener('message', () => this.#forget())
    this.ready = hasTrace() ? this.refresh() : Promise.resolve()
  }

  get user(): User | null {
    return this.#user
  }

  may(permission: string): boolean {
    return this.#user?.permissions.includes(permission) ?? false
  }

  /** Calls back when somebody signs in or out. */
  onChange(listener: (user: User | null) => void): void {
    this.#listeners.add(listener)
  }

  async signIn(email: string, password: string): Promise<void> {
    const { value } = await call<Grant>('/auth/login', { method: 'POST', json: { email, password } })
    this.#take(value)
  }

  async register(name: string, email: string, password: string): Promise<void> {
    await call('/auth/register', { method: 'POST', json: { name, email, password } })
    await this.signIn(email, password)
  }

  async signOut(): Promise<void> {
    // By the cookie: that works with an expired access token, too.
    await call('/auth/refresh', { method: 'DELETE' })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    this.#windows.postMessage('signed out')
    this.#forget()
  }

  /** A token that is good for a while; null when nobody is signed in. */
  async token(): Promise<string | null> {
    await this.ready
    if (this.#user !== null && Date.now() > this.#expiresAt - MARGIN_MS) await this.refresh()
    return this.#user === null ? null : this.#token
  }

  /** The next access token, for the cookie. Whoever asks meanwhile waits for the same one. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null))
    return this.#refreshing
  }

  async #refresh(): Promise<boolean> {
    try {
      const { value } = await call<Grant>('/auth/refresh', { method: 'POST' })
      this.#take(value)
      return true
    } catch (error) {
      // Any other failure says nothing about the sign-in: the next request tries again.
      if (error instanceof ApiError && error.status === 401) this.#forget()
      return false
    }
  }

  #take({ user, access_token: token, expires_in: seconds }: Grant): void {
    this.#token = token
    this.#expiresAt = Date.now() + seconds * 1000
    leaveTrace(true)
    const isOther = this.#user?.id !== user.id
    this.#user = user
    if (isOther) this.#tell()
  }

  #forget(): void {
    const was = this.#user
    this.#user = null
    this.#token = ''
    leaveTrace(false)
    if (was !== null) this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#user)
  }
}

/** The storage may be closed to us; then a sign-in lasts as long as the page. */
function hasTrace(): boolean {
  try {
    return localStorage.getItem(TRACE) !== null
  } catch {
    return false
  }
}

function leaveTrace(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(TRACE, 'yes')
    else localStorage.removeItem(TRACE)
  } catch {}
}

export const session = new Session()
