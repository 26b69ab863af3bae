import type { Documentation } from '@nozomi/schema'

/**
 * `user`: who has signed in, by a token or a session. `user-or-guest`: a guest who brings nothing, and a user as that
 * user. `token`, `session`, `refresh`: only who brings that; `if-any`: it ends, when there is one.
 */
export type Security =
  | 'user'
  | 'user-or-guest'
  | 'token'
  | 'session'
  | 'session-if-any'
  | 'refresh'
  | 'refresh-if-any'
  | { readonly permission: string }

/**
 * How a client can say who it is. The name of the session's cookie is that of development: production puts `__Host-` before. That of the
 * refresh token goes to one path only, which `__Host-` does not allow.
 */
export const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An access token, good for some minutes.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'shop.session',
    description:
      'The session of a browser, begun by `POST /v1/auth/session`. In production the cookie is `__Host-shop.session`.',
  },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: 'X-CSRF-Token',
    description: 'What writes with a session needs besides: the `csrfToken` that `/v1/auth/session` gives.',
  },
  refresh: {
    type: 'apiKey',
    in: 'cookie',
    name: 'shop.refresh',
    description: 'The refresh token, which browsers send to `/v1/auth/refresh` only.',
  },
} as const

type Requirement = Partial<Record<keyof typeof SECURITY_SCHEMES, readonly never[]>>

/** The ways of which a client must have one; undefined when nobody is asked. An empty way is that of a guest. */
export function securityOf({
  security,
  method,
}: {
  readonly security?: Security
  readonly method: string
}): Documentation['security'] {
  const session: Requirement = method === 'get' ? { session: [] } : { session: [], csrf: [] }
  switch (security) {
    case undefined:
      return undefined
    case 'token':
      return [{ bearer: [] }]
    case 'session':
      return [session]
    case 'session-if-any':
      return [session, {}]
    case 'refresh':
      return [{ refresh: [] }]
    case 'refresh-if-any':
      return [{ refresh: [] }, {}]
    case 'user-or-guest':
      return [{ bearer: [] }, session, {}]
    default:
      return [{ bearer: [] }, session]
  }
}
