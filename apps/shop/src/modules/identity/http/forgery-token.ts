import { createHmac } from 'node:crypto'
import { doubleCsrf } from 'csrf-csrf'
import type { Request, RequestHandler, Response } from '../../../http/framework.js'
import { principalOf, unauthenticated } from '../../../http/principal.js'
import { isSafe } from '../../../http/security/forged-requests.js'

export interface ForgeryProtection {
  /** Refuses writes that come with a session and without its token, and what brings a token and no session. */
  readonly protect: RequestHandler
  /** The token that the page has to send in `X-CSRF-Token`; sets the cookie that it is compared with. */
  readonly issue: (req: Request, res: Response) => string
}

/**
 * Security: against forged requests (CSRF) beyond what the browser says of their origin (src/http/security). Double
 * submit: the token is in a cookie and in a field that only a page of ours can send; and it is signed for one session, so
 * that a cookie which a neighbour under the same domain planted is worth nothing. No state is needed on the server, and
 * the token ends with the session.
 */
export function createForgeryProtection(secret: string, production: boolean): ForgeryProtection {
  const own = createHmac('sha256', secret).update('csrf').digest('hex')
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    getSecret: () => own,
    getSessionIdentifier: (req) => req.session.id,
    cookieName: production ? '__Host-shop.csrf' : 'shop.csrf',
    cookieOptions: { sameSite: 'strict', path: '/', httpOnly: true, secure: production },
  })
  const protect: RequestHandler = async (req, res, next) => {
    const namesSession = req.headers['x-csrf-token'] !== undefined && req.headers.authorization === undefined
    if (isSafe(req) && !namesSession) return next()
    const isBySession = await comesBySession(req)
    // Who had a session and has none any more shall not act as a guest without noticing.
    if (namesSession && !isBySession) throw unauthenticated('The session has ended. Sign in again.')
    if (isSafe(req) || !isBySession) return next()
    doubleCsrfProtection(req, res, next)
  }
  return { protect, issue: (req, res) => generateCsrfToken(req, res) }
}

/** Nothing but the cookie says who asks. One of a session that has ended says nothing: who sends it is a guest. */
async function comesBySession(req: Request): Promise<boolean> {
  if (req.headers.authorization !== undefined || req.session?.signedIn === undefined) return false
  return (await principalOf(req))?.via === 'session'
}
