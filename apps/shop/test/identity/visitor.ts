import assert from 'node:assert/strict'
import type { Answer, Ask, Client } from '../support/client.js'

interface Cookie {
  readonly value: string
  readonly path: string
  /** As it was set: `HttpOnly`, `SameSite=Strict`, ... */
  readonly attributes: readonly string[]
}

let addresses = 0

/** An address that no other visitor has, so that limits count each test by itself. For shops that trust `loopback`. */
export function newAddress(): string {
  addresses++
  return `198.18.${addresses >> 8}.${addresses & 255}`
}

/** A browser, as far as cookies go, at an address of its own. */
export class Visitor {
  readonly cookies = new Map<string, Cookie>()
  readonly address: string
  readonly #client: Client
  readonly #fields: Record<string, string>

  constructor(
    client: Client,
    { address = newAddress(), fields = {} }: { address?: string; fields?: Record<string, string> } = {},
  ) {
    this.#client = client
    this.address = address
    this.#fields = fields
  }

  async ask(path: string, options: Ask = {}): Promise<Answer> {
    const cookie = this.#cookieField(path)
    const headers = {
      'X-Forwarded-For': this.address,
      ...this.#fields,
      ...(cookie !== '' && { Cookie: cookie }),
      ...options.headers,
    }
    const answer = await this.#client(path, { ...options, headers })
    this.#keep(answer)
    return answer
  }

  post(path: string, json?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, { method: 'POST', headers, ...(json !== undefined && { json }) })
  }

  cookie(name: string): Cookie {
    const cookie = this.cookies.get(name)
    assert.ok(cookie, `there is no cookie ${name}`)
    return cookie
  }

  #cookieField(path: string): string {
    const [pathname = ''] = path.split('?')
    return [...this.cookies]
      .filter(
        ([, cookie]) =>
          cookie.path === '/' || pathname === cookie.path || pathname.startsWith(`${cookie.path}/`),
      )
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  #keep(answer: Answer): void {
    for (const field of setCookiesOf(answer)) {
      const [pair = '', ...attributes] = field.split(';').map((part) => part.trim())
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/'
      const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice(8)
      if (expires !== undefined && Date.parse(expires) < Date.now()) this.cookies.delete(name)
      else this.cookies.set(name, { value, path, attributes })
    }
  }
}

/** The fields `Set-Cookie` of an answer: the client has them in one line, in which dates have commas too. */
export function setCookiesOf({ headers }: Answer): string[] {
  const line = headers.get('set-cookie')
  return line === null ? [] : line.split(/,(?=[^\s;,]+=)/).map((field) => field.trim())
}
