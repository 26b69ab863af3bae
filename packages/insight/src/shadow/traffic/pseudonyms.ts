import { createHmac, randomBytes } from 'node:crypto'
import { compileFieldNames, compileParameterNames } from '../../redact/secret-names.js'
import type { RawFields, RecordedAnswer, TrafficRequest } from '../../types/shadow.js'

/*
 * Secrets leave a recording, and sessions stay in it: the same secret gets the same pseudonym wherever it stands in one
 * recording, and nobody gets from the pseudonym to the secret. So a cookie that an answer set is known again in later requests.
 */

const PAIR = /([^&=?#\s]+)=([^&#\s]*)/g

export class Pseudonyms {
  readonly #key = randomBytes(32)
  readonly #isSecretField: (name: string) => boolean
  readonly #isSecret: (name: string) => boolean

  /** @param more names of fields, parameters and members that are secret too */
  constructor(more: readonly string[]) {
    this.#isSecretField = compileFieldNames(more)
    this.#isSecret = compileParameterNames(more)
  }

  redact(request: TrafficRequest): TrafficRequest {
    return {
      ...request,
      url: this.#redactPairs(request.url),
      fields: this.#redactFields(request.fields),
      body: this.#redactBody(request.body, request.fields),
      answer: request.answer && this.#redactAnswer(request.answer),
    }
  }

  #redactAnswer({ status, fields, body }: RecordedAnswer): RecordedAnswer {
    return { status, fields: this.#redactFields(fields), body: this.#redactBody(body, fields) }
  }

  #pseudonymOf(value: string): string {
    return value === ''
      ? ''
      : `redacted-${createHmac('sha256', this.#key).update(value).digest('hex').slice(0, 20)}`
  }

  #redactFields(fields: RawFields): RawFields {
    return fields.map(([name, value]) => [name, this.#redactField(name.toLowerCase(), value)])
  }

  #redactField(name: string, value: string): string {
    if (name === 'cookie')
      return value.replaceAll(/=([^;]*)/g, (_all, one: string) => `=${this.#pseudonymOf(one)}`)
    if (name === 'set-cookie')
      return value.replace(/=([^;]*)/, (_all, one: string) => `=${this.#pseudonymOf(one)}`)
    if (this.#isSecretField(name)) {
      // The scheme says how it was meant, and is no secret.
      const [, scheme = '', secret = value] = /^(\w+ )?(.*)$/.exec(value) ?? []
      return scheme + this.#pseudonymOf(secret)
    }
    return name === 'location' || name === 'referer' ? this.#redactPairs(value) : value
  }

  #redactPairs(text: string): string {
    return text.replaceAll(PAIR, (pair, name: string, value: string) =>
      this.#isSecret(decoded(name)) ? `${name}=${this.#pseudonymOf(value)}` : pair,
    )
  }

  #redactBody(body: Buffer | null, fields: RawFields): Buffer | null {
    if (body === null) return null
    const type = fields.find(([name]) => /^content-type$/i.test(name))?.[1] ?? ''
    if (/urlencoded/i.test(type)) return Buffer.from(this.#redactPairs(body.toString('utf8')))
    if (!/json/i.test(type)) return body
    try {
      return Buffer.from(JSON.stringify(this.#redactValue(JSON.parse(body.toString('utf8')))))
    } catch {
      return body
    }
  }

  #redactValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#redactValue(one))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, one]): [string, unknown] => [
      name,
      typeof one === 'string' && this.#isSecret(name) ? this.#pseudonymOf(one) : this.#redactValue(one),
    ])
    return Object.fromEntries(entries)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
