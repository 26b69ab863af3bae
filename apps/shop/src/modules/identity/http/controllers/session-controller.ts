import { isId } from '../../../../domain/ids.js'
import type { HandlerOf } from '../../../../http/framework.js'
import { principalOf, unauthenticated, userOf } from '../../../../http/principal.js'
import { clientAddress } from '../../../../http/security/client-address.js'
import type { AccountService } from '../../services/account-service.js'
import type { BrowserSessions } from '../browser-sessions.js'
import type { endSession, openSession, readSession, signOutEverywhere } from '../contracts/auth-contracts.js'
import type { ForgeryProtection } from '../forgery-token.js'
import { representUser } from '../user-representation.js'

/** Signing in by a session: for the shop's own pages. */
export class SessionController {
  readonly #accounts: AccountService
  readonly #forgery: ForgeryProtection
  readonly #sessions: BrowserSessions

  constructor(accounts: AccountService, forgery: ForgeryProtection, sessions: BrowserSessions) {
    this.#accounts = accounts
    this.#forgery = forgery
    this.#sessions = sessions
  }

  signIn: HandlerOf<typeof openSession> = async (req, res) => {
    const { email, password } = req.valid.body
    const user = await this.#accounts.signIn(email, password, clientAddress(req))
    await this.#sessions.begin(req, res, user)
    res.json({ user: representUser(user), csrfToken: this.#forgery.issue(req, res) })
  }

  /** Who is signed in by the session, and the token that writes need. */
  read: HandlerOf<typeof readSession> = async (req, res) => {
    // Asked in vain once, the page does not ask again.
    if ((await principalOf(req)) === null) this.#sessions.clearMark(req, res)
    const { id, via } = await userOf(req)
    if (via !== 'session') throw unauthenticated('This request has a token and not a session.')
    const user = await this.#accounts.user(id)
    res.json({ user: representUser(user), csrfToken: this.#forgery.issue(req, res) })
  }

  signOut: HandlerOf<typeof endSession> = async (req, res) => {
    await this.#sessions.end(req, res)
    res.status(204).end()
  }

  /** Ends all sessions and all tokens of the user. */
  signOutEverywhere: HandlerOf<typeof signOutEverywhere> = async (req, res) => {
    const { id } = await userOf(req)
    if (isId<'user'>(id)) await this.#accounts.signOutEverywhere(id)
    await this.#sessions.end(req, res)
    res.status(204).end()
  }
}
