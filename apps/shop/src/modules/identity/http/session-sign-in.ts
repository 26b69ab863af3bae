import { promisify } from 'node:util'
import type { Request } from '../../../http/framework.js'
import { Problem } from '../../../http/problems/problem.js'
import type { User } from '../domain/user.js'
import { IDENTITY_PROBLEMS } from './problems.js'

/**
 * Begins a session for a user. Security: with a new id, so that an id which somebody planted in the browser before is
 * worth nothing (session fixation).
 */
export async function signInBySession(req: Request, user: User, now: Date): Promise<void> {
  if (req.session.cookie.secure === true && !req.secure) {
    const detail =
      'Cookies go over https only, and this request came by http. Behind a proxy that ends TLS, TRUST_PROXY must be set.'
    throw new Problem(IDENTITY_PROBLEMS['https-required'], detail)
  }
  await promisify(req.session.regenerate).call(req.session)
  req.session.signedIn = { userId: user.id, generation: user.generation, signedInAt: now.getTime() }
  await promisify(req.session.save).call(req.session)
}

/** Ends the session of a request, if it has one, in the store too. */
export async function signOutOfSession(req: Request): Promise<void> {
  if (req.session === undefined) return
  await promisify(req.session.destroy).call(req.session)
}
