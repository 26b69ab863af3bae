import type { HandlerOf, Request } from '../../../../http/framework.js'
import { FederationRefused } from '../../domain/errors.js'
import { ATTEMPT_LIFETIME_MS, type FederationService } from '../../services/federation-service.js'
import type { BrowserSessions } from '../browser-sessions.js'
import type { beginFederation, completeFederation } from '../contracts/federation-contracts.js'
import { ATTEMPT_COOKIE } from '../input/cookies.js'

export interface FederationSettings {
  readonly production: boolean
  /** Null: made from the address that the request came to. */
  readonly redirectUri: string | null
}

/** Signing in through an identity provider; it ends in a session. */
export class FederationController {
  readonly #federation: FederationService
  readonly #settings: FederationSettings
  readonly #sessions: BrowserSessions

  constructor(federation: FederationService, settings: FederationSettings, sessions: BrowserSessions) {
    this.#federation = federation
    this.#settings = settings
    this.#sessions = sessions
  }

  begin: HandlerOf<typeof beginFederation> = async (req, res) => {
    const { returnTo } = req.valid.query
    const redirectUri =
      this.#settings.redirectUri ?? `${req.protocol}://${req.get('Host') ?? req.host}${req.baseUrl}/callback`
    const { url, key } = await this.#federation.begin(redirectUri, returnTo)
    res.cookie(ATTEMPT_COOKIE, key, { ...this.#attributes(req), maxAge: ATTEMPT_LIFETIME_MS })
    res.set('Cache-Control', 'no-store').redirect(url.href)
  }

  /**
   * Security: the cookie ties the answer to the browser that asked; without it, somebody could sign others in to an
   * account of his own.
   */
  callback: HandlerOf<typeof completeFederation> = async (req, res) => {
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    const key = req.valid.cookies[ATTEMPT_COOKIE]
    res.clearCookie(ATTEMPT_COOKIE, this.#attributes(req))
    if (key === undefined) throw new FederationRefused('this browser has not begun to sign in')
    const { user, returnTo } = await this.#federation.complete(key, queryOf(req))
    await this.#sessions.begin(req, res, user)
    res.redirect(303, returnTo)
  }

  #attributes(req: Request) {
    return {
      path: req.baseUrl,
      httpOnly: true,
      secure: this.#settings.production || req.secure,
      // Not `strict`: the provider sends the browser here, from another site.
      sameSite: 'lax',
    } as const
  }
}

/** As it came: the library reads it, and a parameter that comes twice is for it to refuse. */
function queryOf(req: Request): string {
  const begin = req.originalUrl.indexOf('?')
  return begin < 0 ? '' : req.originalUrl.slice(begin)
}
