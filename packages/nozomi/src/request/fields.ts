import type { IncomingHttpHeaders } from 'node:http'
import parseRange from 'range-parser'
import { typeIs, hasBody } from '../http/media-type-match.js'
import type { RequestState } from './state.js'

/** Request fields and what is read from one of them. */
export const fieldMembers: object & ThisType<RequestState> = {
  /**
   * The value of a request field, whatever the case of its name. `Referer` and `Referrer` are the same field.
   *
   * @throws TypeError when the name is missing or no string.
   */
  get(this: RequestState, name: string): IncomingHttpHeaders[string] {
    if (!name) throw new TypeError('name argument is required to req.get')
    if (typeof name !== 'string') throw new TypeError('name must be a string to req.get')
    const field = name.toLowerCase()
    const { headers } = this
    if (field === 'referer' || field === 'referrer') return headers['referrer'] || headers.referer
    return headers[field]
  },

  /**
   * Which of the media types the body is: the type as given, or false when it is none of them, or null when the
   * request has no body. Takes types, extensions (`'json'`) and patterns (`'text/*'`, `'+json'`).
   */
  is(this: RequestState, ...types: string[] | [string[]]): string | false | null {
    if (!hasBody(this)) return null
    return typeIs(this.headers['content-type'], Array.isArray(types[0]) ? types[0] : (types as string[]))
  },

  /**
   * The ranges of the `Range` field for a representation of `size` bytes: undefined without the field, -1 when none
   * can be satisfied, -2 when it is malformed (RFC 9110 §14.2).
   */
  range(this: RequestState, size: number, options?: parseRange.Options) {
    const range = this.get('Range')
    return range ? parseRange(size, range, options) : undefined
  },

  /** Whether the request says that a script made it: `X-Requested-With: XMLHttpRequest`. */
  get xhr(): boolean {
    const value = (this as unknown as RequestState).get('X-Requested-With') || ''
    return value.toLowerCase() === 'xmlhttprequest'
  },
}
