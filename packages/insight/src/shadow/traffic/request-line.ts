import type { ClientAbort, RawFields, RecordedAnswer, TrafficRequest } from '../../types/shadow.js'
import { TrafficError } from './traffic-error.js'

/*
 * One request as a line of JSON. Written by `recordTraffic()`, and easy to write by hand: `{ "url": "/books" }` is enough.
 */

/** A request as it is given by a program: as a line of a file, and bytes may be bytes. */
export interface RequestInput {
  readonly url: string
  /** Default `GET`. */
  readonly method?: string
  readonly fields?: RawFields
  /** Instead of fields. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** Text or bytes; anything else is sent as JSON. */
  readonly body?: unknown
  readonly chunked?: boolean
  /** Whose cookies are sent. Default `one`. */
  readonly client?: string
  readonly cookies?: 'jar' | 'sent'
  readonly abort?: ClientAbort | null
  readonly answer?: { readonly status: number; readonly fields?: RawFields; readonly body?: unknown } | null
  readonly unsendable?: string | null
}

/** As it stands in a file, where anything may stand. */
interface RequestLine {
  method?: unknown
  url?: unknown
  fields?: unknown
  /** Instead of fields, by hand. */
  headers?: unknown
  /** Text; anything else is sent as JSON. */
  body?: unknown
  bodyBase64?: unknown
  chunked?: unknown
  client?: unknown
  cookies?: unknown
  abort?: unknown
  answer?: unknown
  unsendable?: unknown
}

/**
 * @param place what an error names: `requests.jsonl:7`
 * @throws TrafficError
 */
export function parseRequestLine(text: string, place: string): TrafficRequest {
  return readRequest(parseObject(text, place), place)
}

/** @throws TrafficError */
export function readRequest(line: RequestLine | RequestInput, place: string): TrafficRequest {
  const { url, method = 'GET', client = 'one', cookies, chunked, unsendable } = line
  if (typeof url !== 'string' || !url.startsWith('/'))
    throw fault(place, '`url` must be a path: "/books?x=1"')
  if (typeof method !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(method))
    throw fault(place, '`method` must be a word')
  const body = readBody(line, place)
  const isJson = isValue(line.body)
  return {
    method,
    url,
    fields: withType(readFields(line.fields ?? line.headers, place), isJson),
    body,
    chunked: chunked === true,
    client: String(client),
    cookies: cookies === 'sent' ? 'sent' : 'jar',
    abort: readAbort(line.abort, place),
    answer: readAnswer(line.answer, place),
    unsendable: typeof unsendable === 'string' ? unsendable : null,
  }
}

export function formatRequestLine(request: TrafficRequest): string {
  const { method, url, fields, client, cookies, chunked, body, abort, answer, unsendable } = request
  return JSON.stringify({
    method,
    url,
    fields,
    ...formatBody(body),
    ...(chunked && { chunked }),
    client,
    cookies,
    ...(abort && { abort }),
    ...(unsendable !== null && { unsendable }),
    ...(answer && { answer: { status: answer.status, fields: answer.fields, ...formatBody(answer.body) } }),
  })
}

function formatBody(body: Buffer | null): { body?: string; bodyBase64?: string } {
  if (body === null) return {}
  const text = body.toString('utf8')
  return Buffer.from(text).equals(body) ? { body: text } : { bodyBase64: body.toString('base64') }
}

function parseObject(text: string, place: string): RequestLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw fault(place, (error as Error).message)
  }
  if (!isRecord(value)) throw fault(place, 'a line is one request, as an object of JSON')
  return value
}

/** Whether a body is to be sent as JSON. */
function isValue(body: unknown): boolean {
  return body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)
}

function readBody({ body, bodyBase64 }: RequestLine, place: string): Buffer | null {
  if (typeof bodyBase64 === 'string') return Buffer.from(bodyBase64, 'base64')
  if (bodyBase64 !== undefined) throw fault(place, '`bodyBase64` must be text')
  if (body === undefined || body === null) return null
  if (body instanceof Uint8Array) return Buffer.from(body)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

function readFields(value: unknown, place: string): [string, string][] {
  if (value === undefined) return []
  const entries: unknown[] = Array.isArray(value) ? value : isRecord(value) ? Object.entries(value) : [null]
  return entries.flatMap((entry): [string, string][] => {
    if (!Array.isArray(entry)) throw fault(place, '`fields` must be pairs of names and values')
    const [name, given] = entry as [unknown, unknown]
    return [given].flat().map((one) => [String(name), String(one)])
  })
}

function withType(fields: [string, string][], isJson: boolean): [string, string][] {
  const hasType = fields.some(([name]) => /^content-type$/i.test(name))
  return isJson && !hasType ? [...fields, ['Content-Type', 'application/json']] : fields
}

function readAbort(value: unknown, place: string): ClientAbort | null {
  if (value === undefined || value === null) return null
  const { afterBytes, afterMs } = value as ClientAbort
  if (isCount(afterBytes)) return { afterBytes: afterBytes as number }
  if (isCount(afterMs)) return { afterMs: afterMs as number }
  throw fault(place, '`abort` must be { "afterBytes": n } or { "afterMs": n }')
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0
}

function readAnswer(value: unknown, place: string): RecordedAnswer | null {
  if (!isRecord(value)) return null
  const { status, fields } = value as { status?: unknown; fields?: unknown }
  return {
    status: Number(status),
    fields: readFields(fields, place) as RawFields,
    body: readBody(value, place),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fault(place: string, what: string): TrafficError {
  return new TrafficError(`${place}: ${what}`)
}
