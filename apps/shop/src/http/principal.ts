import { mayDo, type Principal } from '../domain/principal.js'
import type { Request, RequestHandler } from './framework.js'
import { Problem } from './problems/problem.js'
import { PROBLEMS } from './problems/problem-catalogue.js'
import { contextOf } from './request-context.js'

export type { Principal } from '../domain/principal.js'

/** Finds out who asks. In the container as `authenticator`; the module that knows people registers its own. */
export interface Authenticator {
  /**
   * Null when the request brings no credentials. When it brings some that are not right, it may give null too, or
   * reject with `unauthenticated(...)`, which says why.
   */
  authenticate(req: Request): Promise<Principal | null>
}

/** Nobody is known: everybody is a guest. */
export const guestsOnly: Authenticator = { authenticate: async () => null }

/** RFC 9110 §11.6.1: how a client can say who it is. */
const CHALLENGE = 'Bearer realm="shop"'

/** Lets the routes below find out who asks. It asks nobody itself: what guests may do costs nothing. */
export function createAuthenticate(authenticator: Authenticator): RequestHandler {
  return function authenticate(req, _res, next) {
    contextOf(req).authenticateBy(() => authenticator.authenticate(req))
    next()
  }
}

/** Who asks; null for a guest. */
export function principalOf(req: Request): Promise<Principal | null> {
  return contextOf(req).principal()
}

/** Who asks; rejects with the problem 401 for a guest. */
export async function userOf(req: Request): Promise<Principal> {
  const principal = await principalOf(req)
  if (principal === null) throw unauthenticated('This is for users who have signed in.')
  return principal
}

/** Guests get 401. */
export const requireUser: RequestHandler = async (req, _res, next) => {
  await userOf(req)
  next()
}

/** Guests get 401, users without the permission 403. */
export function requirePermission(permission: string): RequestHandler {
  return async function permissionRequired(req, _res, next) {
    const principal = await userOf(req)
    if (!mayDo(principal, permission)) {
      throw new Problem(PROBLEMS.forbidden, `This needs the permission ${permission}, which you do not have.`)
    }
    next()
  }
}

/** The problem 401. `error` is a code of RFC 6750 §3.1, when a token was sent that is not right. */
export function unauthenticated(detail: string, error?: 'invalid_token' | 'invalid_request'): Problem {
  const challenge = error === undefined ? CHALLENGE : `${CHALLENGE}, error="${error}"`
  return new Problem(PROBLEMS.unauthenticated, detail, { headers: { 'WWW-Authenticate': challenge } })
}
