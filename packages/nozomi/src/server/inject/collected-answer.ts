import { type Readable } from 'node:stream'
import { createError } from '../../errors/catalogue.js'
import type { AnswerFields, InjectedAnswer, ResponseCookie } from '../../types/in-process.js'
import type { AnswerHead } from '../exchange/answer-head.js'
import { parseSetCookie } from './response-cookies.js'

/** What an application answered. */
export class CollectedAnswer implements InjectedAnswer {
  readonly status: number
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: AnswerFields
  readonly rawHeaders: readonly string[]
  readonly informations: readonly { status: number; headers: AnswerFields }[]
  readonly stream: Readable | null
  readonly #body: Buffer | null
  /** Grows until the answer is over. */
  readonly #trailers: readonly string[]

  constructor(parts: {
    head: AnswerHead
    informations: readonly AnswerHead[]
    trailers: readonly string[]
    body: Buffer | null
    stream: Readable | null
  }) {
    const { head } = parts
    this.status = head.status
    this.statusCode = head.status
    this.statusMessage = head.reason
    this.headers = joinFields(head.fields)
    this.rawHeaders = head.fields
    this.informations = parts.informations.map((one) => ({
      status: one.status,
      headers: joinFields(one.fields),
    }))
    this.#trailers = parts.trailers
    this.stream = parts.stream
    this.#body = parts.body
  }

  /** The cookies that the answer sets. */
  get cookies(): ResponseCookie[] {
    return (this.headers['set-cookie'] ?? []).map(parseSetCookie).filter((cookie) => cookie !== null)
  }

  /** The fields that came after the body; of a streamed answer, when its body was read. */
  get trailers(): AnswerFields {
    return joinFields(this.#trailers)
  }

  /** A field, whatever the case of its name. */
  get(name: string): string | string[] | undefined {
    return this.headers[name.toLowerCase()]
  }

  /** The body as UTF-8 text; the same as `text()`. */
  get body(): string {
    return this.text()
  }

  text(): string {
    return this.buffer().toString()
  }

  /** @throws NOZOMI_INJECT_JSON when the body is no JSON. */
  json<T = any>(): T {
    const text = this.text()
    try {
      return JSON.parse(text) as T
    } catch (cause) {
      const type = String(this.headers['content-type'] ?? 'none')
      throw createError('NOZOMI_INJECT_JSON', [this.status, type, text.slice(0, 200)], { cause })
    }
  }

  /** @throws NOZOMI_INJECT_STREAMED when the answer was asked for as a stream. */
  buffer(): Buffer {
    if (this.#body === null) throw createError('NOZOMI_INJECT_STREAMED', [])
    return this.#body
  }
}

/** As node joins the fields of a message. */
export function joinFields(list: readonly string[]): AnswerFields {
  const fields: AnswerFields = Object.create(null)
  for (let i = 0; i < list.length; i += 2) {
    const name = (list[i] as string).toLowerCase()
    const value = list[i + 1] as string
    const before = fields[name]
    if (name === 'set-cookie') fields[name] = [...((before as string[] | undefined) ?? []), value]
    else fields[name] = before === undefined ? value : `${before as string}, ${value}`
  }
  return fields
}
