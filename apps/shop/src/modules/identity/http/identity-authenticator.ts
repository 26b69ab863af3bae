import type { IncomingMessage } from 'node:http'
import type { Session, SessionData } from 'express-session'
import type { Principal } from '../../../domain/principal.js'
import { type Authenticator, unauthenticated } from '../../../http/principal.js'
import type { Clock } from '../../../platform/clock/clock.js'
import { AccessRefused } from '../domain/errors.js'
import type { UserRepository } from '../domain/repositories.js'
import { principalOf } from '../domain/user.js'
import type { TokenBearer, TokenService } from '../services/token-service.js'
import { SESSION_LIFETIME_MS } from '../sessions/session-middleware.js'

/** A request of any kind: also the handshake of a socket, which Express has not seen. */
type Asking = Pick<IncomingMessage, 'headers'> & { readonly session?: Session & Partial<SessionData> }

const BEARER = /^Bearer +([\w~+/.-]+=*)$/i

/** Knows users by their access token (RFC 6750), or by their session. */
export class IdentityAuthenticator implements Authenticator {
  readonly #tokens: TokenService
  readonly #users: UserRepository
  readonly #clock: Clock

  constructor(tokens: TokenService, users: UserRepository, clock: Clock) {
    this.#tokens = tokens
    this.#users = users
    this.#clock = clock
  }

  /**
   * Security: `Authorization` decides alone when it is there, also when it is wrong. Requests that have it are not
   * checked for forgery, so the session must not speak for them.
   */
  async authenticate(req: Asking): Promise<Principal | null> {
    if (req.headers.authorization !== undefined) return (await this.bearer(req)).principal
    return req.session === undefined ? null : this.#ofSession(req.session)
  }

  /** Who asks by a token; rejects with the problem 401 when there is none, or one that is not good. */
  async bearer(req: Asking): Promise<TokenBearer> {
    const token = BEARER.exec(req.headers.authorization ?? '')?.[1]
    if (token === undefined)
      throw unauthenticated('Authorization must be "Bearer", a space and an access token.', 'invalid_request')
    try {
      return await this.#tokens.bearer(token)
    } catch (error) {
      if (!(error instanceof AccessRefused)) throw error
      throw unauthenticated(`The ${error.message.replace(/^the /, '')}.`, 'invalid_token')
    }
  }

  async #ofSession({ signedIn }: Partial<SessionData>): Promise<Principal | null> {
    if (signedIn === undefined) return null
    if (this.#clock.now().getTime() - signedIn.signedInAt > SESSION_LIFETIME_MS) return null
    const user = await this.#users.find(signedIn.userId)
    return user === null || user.generation !== signedIn.generation ? null : principalOf(user, 'session')
  }
}
