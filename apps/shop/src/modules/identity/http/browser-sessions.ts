import { promisify } from 'node:util'
import type { Request, Response } from '../../../http/framework.js'
import { parseCookie } from '../../../http/input/cookie.js'
import { Problem } from '../../../http/problems/problem.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { User } from '../domain/user.js'
import { SESSION_LIFETIME_MS, sessionCookieName } from '../sessions/session-middleware.js'
import { IDENTITY_PROBLEMS } from './problems.js'

/** The scripts of the page read it (page/session/session-mark.ts). */
const MARK = 'shop.signed-in'

/**
 * Begins and ends the session of a browser. The cookie of the session is out of reach for scripts, so another one, the
 * mark, tells the page that there is a session to ask for; guests need not ask. The mark proves nothing: who makes one
 * has no session.
 */
export class BrowserSessions {
  readonly #production: boolean
  readonly #clock: Clock

  constructor(production: boolean, clock: Clock) {
    this.#production = production
    this.#clock = clock
  }

  /** Security: with a new id, so that one which somebody planted in the browser before is worth nothing (fixation). */
  async begin(req: Request, res: Response, user: User): Promise<void> {
    if (req.session.cookie.secure === true && !req.secure) {
      const detail =
        'Cookies go over https only, and this request came by http. Behind a proxy that ends TLS, TRUST_PROXY must be set.'
      throw new Problem(IDENTITY_PROBLEMS['https-required'], detail)
    }
    await promisify(req.session.regenerate).call(req.session)
    const signedInAt = this.#clock.now().getTime()
    req.session.signedIn = { userId: user.id, generation: user.generation, signedInAt }
    await promisify(req.session.save).call(req.session)
    res.cookie(MARK, 'by-session', { ...this.#attributes(req), maxAge: SESSION_LIFETIME_MS })
  }

  /** Ends the session of a request, if it has one, in the store too. */
  async end(req: Request, res: Response): Promise<void> {
    if (req.session !== undefined) await promisify(req.session.destroy).call(req.session)
    const name = sessionCookieName(this.#production)
    if (parseCookie(req, name) !== null)
      res.clearCookie(name, { ...this.#attributes(req), httpOnly: true, sameSite: 'lax' })
    this.clearMark(req, res)
  }

  clearMark(req: Request, res: Response): void {
    if (parseCookie(req, MARK) !== null) res.clearCookie(MARK, this.#attributes(req))
  }

  #attributes(req: Request) {
    return { path: '/', secure: this.#production || req.secure, sameSite: 'strict' } as const
  }
}
