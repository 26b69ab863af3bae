import { isId } from '../../../../domain/ids.js'
import type { Request, Response } from '../../../../http/framework.js'
import type { Given } from '../../../../http/input/given.js'
import { principalOf, unauthenticated, userOf } from '../../../../http/principal.js'
import { clientAddress } from '../../../../http/security/client-address.js'
import type { AccountService } from '../../services/account-service.js'
import type { BrowserSessions } from '../browser-sessions.js'
import type { ForgeryProtection } from '../forgery-token.js'
import type { credentialsBody } from '../input/credentials-body.js'
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

  signIn = async (req: Given<{ body: typeof credentialsBody }>, res: Response): Promise<void> => {
    const { email, password } = req.valid.body
    const user = await this.#accounts.signIn(email, password, clientAddress(req))
    await this.#sessions.begin(req, res, user)
    res.json({ user: representUser(user), csrfToken: this.#forgery.issue(req, res) })
  }

  /** Who is signed in by the session, and the token that writes need. */
  read = async (req: Request, res: Response): Promise<void> => {
    // Asked in vain once, the page does not ask again.
    if ((await principalOf(req)) === null) this.#sessions.clearMark(req, res)
    const { id, via } = await userOf(req)
    if (via !== 'session') throw unauthenticated('This request has a token and not a session.')
    const user = await this.#accounts.user(id)
    res.json({ user: representUser(user), csrfToken: this.#forgery.issue(req, res) })
  }

  signOut = async (req: Request, res: Response): Promise<void> => {
    await this.#sessions.end(req, res)
    res.status(204).end()
  }

  /** Ends all sessions and all tokens of the user. */
  signOutEverywhere = async (req: Request, res: Response): Promise<void> => {
    const { id } = await userOf(req)
    if (isId<'user'>(id)) await this.#accounts.signOutEverywhere(id)
    await this.#sessions.end(req, res)
    res.status(204).end()
  }
}
