import type { Socket } from 'socket.io'
import type { Principal } from '../../domain/principal.js'
import { DomainError } from '../../domain/errors.js'

/** What came with the request that opened the connection. */
export interface Handshake {
  readonly request: Socket['request']
  /** An access token that the client gave apart from the fields of the request; null when there is none. */
  readonly token: string | null
}

/**
 * Finds out who is behind a connection: null, or a rejection that `isRefusal` knows, when nobody is. Asked again and
 * again, since tokens expire and rights are taken.
 */
export interface HandshakeAuthenticator {
  authenticate(handshake: Handshake): Promise<Principal | null>
  isRefusal(error: unknown): boolean
}

/** The token has expired, or the user may not do anything any more. A new token may help. */
export class SessionExpired extends DomainError {
  constructor() {
    super('the token or session of this connection is no longer good')
  }
}

export interface SessionTimes {
  /** How long it is believed who somebody is before it is asked again, when the client does something; ms. */
  readonly freshForMs: number
  /** How long a client may take to bring a new token before it is disconnected; ms. */
  readonly renewWithinMs: number
}

/** One connection and who is behind it. */
export class SocketSession {
  readonly socket: Socket
  readonly userId: string
  /** When the token or the rights are gone. Set by who keeps the rooms. */
  onExpired: () => void = () => {}
  readonly #authenticator: HandshakeAuthenticator
  readonly #times: SessionTimes
  #principal: Principal
  #token: string | null
  #checkedAt = performance.now()
  #checking: Promise<void> | null = null
  #deadline: NodeJS.Timeout | null = null

  constructor(
    socket: Socket,
    principal: Principal,
    token: string | null,
    authenticator: HandshakeAuthenticator,
    times: SessionTimes,
  ) {
    this.socket = socket
    this.userId = principal.id
    this.#principal = principal
    this.#token = token
    this.#authenticator = authenticator
    this.#times = times
    socket.once('disconnect', () => this.#clearDeadline())
  }

  /** Whether it waits for a new token. */
  get isExpired(): boolean {
    return this.#deadline !== null
  }

  /** Who is behind the connection, now. Rejects with SessionExpired when nobody is. */
  async current(): Promise<Principal> {
    if (!this.isExpired && performance.now() - this.#checkedAt > this.#times.freshForMs) await this.check()
    if (this.isExpired) throw new SessionExpired()
    return this.#principal
  }

  /** Asks again who it is. Rejects only when that can't be found out at the moment. */
  check(): Promise<void> {
    this.#checking ??= this.#ask(this.#token)
      .then((principal) => {
        if (principal === null) this.#expire()
        else this.#principal = principal
      })
      .finally(() => (this.#checking = null))
    return this.#checking
  }

  /** Goes on with another token. Rejects with SessionExpired when it is not good, or somebody else's. */
  async renew(token: string): Promise<void> {
    const principal = await this.#ask(token)
    if (principal === null) throw new SessionExpired()
    this.#token = token
    this.#principal = principal
    this.#clearDeadline()
  }

  async #ask(token: string | null): Promise<Principal | null> {
    try {
      const principal = await this.#authenticator.authenticate({ request: this.socket.request, token })
      this.#checkedAt = performance.now()
      // Security: a connection does not change hands; its rooms are those of its first user.
      return principal?.id === this.userId ? principal : null
    } catch (error) {
      if (this.#authenticator.isRefusal(error)) return null
      throw error
    }
  }

  #expire(): void {
    if (this.#deadline !== null || !this.socket.connected) return
    const { renewWithinMs } = this.#times
    this.socket.emit('session:expired', { renewWithinMs })
    this.#deadline = setTimeout(() => this.socket.disconnect(true), renewWithinMs)
    this.onExpired()
  }

  #clearDeadline(): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline)
    this.#deadline = null
  }
}
