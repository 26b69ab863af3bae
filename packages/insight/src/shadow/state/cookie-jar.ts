import { fieldValues, parseSetCookie, type SetCookie } from '../compare/field-values.js'
import type { RawFields } from '../../types/shadow.js'

/** Pairs of cookies that are remembered; the oldest go first. */
const KEPT = 20_000

/** The cookies of one side: what it set for each client, and which cookie of its own stands for one that a client was given. */
export class CookieJar {
  readonly #byClient = new Map<string, Map<string, string>>()
  readonly #bySeen = new Map<string, string>()

  /** @param seen the fields that the client got; null when nobody knows */
  learn(client: string, own: RawFields, seen: RawFields | null): void {
    const cookies = this.#byClient.get(client) ?? new Map<string, string>()
    this.#byClient.set(client, cookies)
    const counterparts = seen === null ? [] : fieldValues(seen, 'set-cookie').map(parseSetCookie)
    for (const cookie of fieldValues(own, 'set-cookie').map(parseSetCookie)) {
      if (isGone(cookie)) cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
      const counterpart = counterparts.find(({ name }) => name === cookie.name)
      if (counterpart) this.#bySeen.set(`${cookie.name}=${counterpart.value}`, cookie.value)
    }
    trim(this.#bySeen)
    trim(this.#byClient)
  }

  /** The fields of a request, with the cookies of this side. */
  apply(client: string, fields: RawFields, keepsOwn: boolean): RawFields {
    const cookies = this.#byClient.get(client)
    const given = fields.find(([name]) => name.toLowerCase() === 'cookie')
    if (given) {
      return fields.map((field) => (field === given ? [field[0], this.#translate(field[1], cookies)] : field))
    }
    if (!keepsOwn || cookies === undefined || cookies.size === 0) return fields
    return [...fields, ['Cookie', Array.from(cookies, (pair) => pair.join('=')).join('; ')]]
  }

  #translate(text: string, cookies: ReadonlyMap<string, string> | undefined): string {
    return text
      .split(/; */)
      .map((pair) => {
        const at = pair.indexOf('=')
        const name = pair.slice(0, at)
        const own = this.#bySeen.get(pair) ?? cookies?.get(name)
        return at === -1 || own === undefined ? pair : `${name}=${own}`
      })
      .join('; ')
  }
}

function isGone({ attributes }: SetCookie): boolean {
  const age = attributes.get('max-age')
  if (age !== undefined) return Number(age) <= 0
  const expires = attributes.get('expires')
  return expires !== undefined && Date.parse(expires) <= Date.now()
}

function trim(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= KEPT) return
    map.delete(key)
  }
}
