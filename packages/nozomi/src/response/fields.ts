import { formatLink } from '../http/link.js'
import { contentTypeOf, withDefaultCharset } from '../http/content-type-names.js'
import { addVary } from '../http/vary.js'
import type { ResponseState } from './state.js'

export const fieldMembers: object & ThisType<ResponseState> = {
  /**
   * Sets a response field, or all the fields of an object. Values become strings; a `Content-Type` without a charset
   * gets the one that its type has by default.
   *
   * @throws TypeError when `Content-Type` is set to an array, or a name or value holds what no field may hold.
   */
  header(field: string | Record<string, unknown>, value?: unknown): ResponseState {
    // Parity: told apart by the number of arguments: `res.set('X', undefined)` sets the text "undefined".
    if (arguments.length !== 2) {
      for (const name in field as Record<string, unknown>)
        this.set(name, (field as Record<string, unknown>)[name])
      return this
    }
    const name = field as string
    let text: string | string[] = Array.isArray(value) ? value.map(String) : String(value)
    if (name.toLowerCase() === 'content-type') {
      if (Array.isArray(text)) throw new TypeError('Content-Type cannot be set to an Array')
      text = withDefaultCharset(text) as string
    }
    this.setHeader(name, text)
    return this
  },

  /** The value of a field that the response has so far. */
  get(field: string): number | string | string[] | undefined {
    return this.getHeader(field)
  },

  /** Adds values to a field, after those that it has. */
  append(field: string, value: string | string[]): ResponseState {
    const before = this.get(field) as string | string[] | undefined
    return this.set(field, before ? ([] as string[]).concat(before, value) : value)
  },

  /** Sets `Content-Type`: to a media type, or to that of an extension (`'json'`, `'.png'`). */
  contentType(type: string): ResponseState {
    return this.set(
      'Content-Type',
      type.includes('/') ? type : contentTypeOf(type) || 'application/octet-stream',
    )
  },

  /** Adds names of request fields to `Vary`, each once (RFC 9110 §12.5.5). */
  vary(field: string | string[]): ResponseState {
    addVary(this, field)
    return this
  },

  /**
   * Adds links to the `Link` field: relation to target, or to an array of targets (RFC 8288).
   *
   * Security: what would end a target or a relation is encoded, so that a value can't add a link of its own.
   * Differs from Express: which writes both as they are.
   */
  links(links: Record<string, string | string[]>): ResponseState {
    const before = (this.get('Link') as string | undefined) || ''
    const added = Object.entries(links).flatMap(([relation, targets]) =>
      (Array.isArray(targets) ? targets : [targets]).map((target) => formatLink(String(target), relation)),
    )
    return this.set('Link', (before ? `${before}, ` : '') + added.join(', '))
  },
}
