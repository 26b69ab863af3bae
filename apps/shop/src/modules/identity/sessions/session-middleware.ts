import session, { type Store } from 'express-session'
import type { RequestHandler } from '../../../http/framework.js'
import type { AnyState } from '../../../platform/state/open-state.js'
import type { UserId } from '../domain/user.js'
import { BoundedSessionStore } from './bounded-session-store.js'
import { createRedisSessionStore } from './redis-session-store.js'

export const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1000

/** What a session knows of who signed in. */
export interface SignedIn {
  readonly userId: UserId
  readonly generation: number
  /** ms since 1970; a session ends 12 hours later, however much it is used. */
  readonly signedInAt: number
}

declare module 'express-session' {
  interface SessionData {
    signedIn?: SignedIn
  }
}

export interface SessionOptions {
  readonly secret: string
  readonly production: boolean
  readonly state: AnyState
}

/** Security: `__Host-` says to the browser that no other host, and no plain HTTP, can have set the cookie. */
export function sessionCookieName(production: boolean): string {
  return production ? '__Host-shop.session' : 'shop.session'
}

/**
 * Sessions for browsers, kept by express-session in the shared state. It can be put before the handshake of a socket as
 * well: `io.engine.use(sessions)`.
 *
 * Security: the cookie is out of reach for scripts, goes over TLS only where there is TLS, and not with what other sites
 * post. A session begins at sign-in, with an id of its own; guests have none.
 */
export function createSessions({ secret, production, state }: SessionOptions): RequestHandler {
  return session({
    name: sessionCookieName(production),
    secret,
    store: storeIn(state),
    resave: false,
    saveUninitialized: false,
    cookie: {
      path: '/',
      httpOnly: true,
      secure: production ? true : 'auto',
      sameSite: 'lax',
      maxAge: SESSION_LIFETIME_MS,
    },
  })
}

function storeIn(state: AnyState): Store {
  return 'client' in state ? createRedisSessionStore(state.client, state.prefix) : new BoundedSessionStore()
}
