import { serialize } from 'cookie'
import { sign } from 'cookie-signature'
import type { ResponseState } from './state.js'

interface CookieAttributes {
  signed?: boolean
  maxAge?: number | null
  expires?: Date
  path?: string | null
  [attribute: string]: unknown
}

export const cookieMembers: object & ThisType<ResponseState> = {
  /**
   * Adds a `Set-Cookie` field. An object becomes JSON with `j:` in front; with `signed` the value is signed with the
   * secret of cookie-parser. `maxAge` is in milliseconds; `path` is `/` unless given.
   *
   * @throws Error when a signed cookie is asked for without a secret; TypeError when an attribute is invalid.
   */
  cookie(name: string, value: unknown, options?: CookieAttributes): ResponseState {
    const attributes = { ...options }
    const { secret } = this.req
    if (attributes.signed && !secret) throw new Error('cookieParser("secret") required for signed cookies')
    let text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value)
    if (attributes.signed) text = `s:${sign(text, secret as string)}`
    if (attributes.maxAge != null) {
      const maxAgeMs = Number(attributes.maxAge)
      if (!Number.isNaN(maxAgeMs)) {
        attributes.expires = new Date(Date.now() + maxAgeMs)
        attributes.maxAge = Math.floor(maxAgeMs / 1000)
      }
    }
    attributes.path ??= '/'
    this.append('Set-Cookie', serialize(name, text, attributes as object))
    return this
  },

  /** Tells the client to forget a cookie: `path` and `domain` must be those that it was set with. */
  clearCookie(name: string, options?: CookieAttributes): ResponseState {
    const attributes: CookieAttributes = { path: '/', ...options, expires: new Date(1) }
    delete attributes.maxAge
    return this.cookie(name, '', attributes)
  },
}
