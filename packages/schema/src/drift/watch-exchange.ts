/*
 * What runs for each request that is watched. It must not change an answer: every method that is replaced calls the one that was
 * there, with the same arguments, and gives what that gave.
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { UnseenReason } from './drift-report.js'
import { type Exchange, type Fields, fieldOf, type SeenBody } from './exchange.js'
import { essenceOf, isJsonType } from './media-type.js'
import { SeenBytes } from './seen-bytes.js'
import { undoCoding } from './undo-coding.js'

/** A request and its answer, and what was left out of it. */
export interface WatchedExchange {
  readonly exchange: Exchange
  readonly unseen: UnseenReason | null
  /** The path of the route that answered, as it was registered; null where none did, or its pattern is no text. */
  readonly route: string | null
}

export interface WatchLimits {
  /** Bytes of a body; longer ones are not looked at. */
  readonly maxBodyBytes: number
  /** Whether the body of the request is wanted. */
  readonly requestBody: boolean
}

/** Calls back when the whole answer was sent; never for one that was cut off. */
export function watchExchange(
  req: IncomingMessage,
  res: ServerResponse,
  limits: WatchLimits,
  done: (watched: WatchedExchange) => void,
): void {
  const url = (req as { originalUrl?: string }).originalUrl ?? req.url ?? '/'
  const { method = 'GET' } = req
  const requestBody = limits.requestBody ? watchRequestBody(req, limits.maxBodyBytes) : null
  const answer = new WatchedAnswer(res, limits.maxBodyBytes)
  res.once('close', () => {
    if (!res.writableFinished) return
    const request = {
      method,
      url,
      headers: req.headers,
      body: requestBody ? bodyOf(req, requestBody) : undefined,
    }
    const { body, unseen } = answer.look()
    const response = { status: res.statusCode, headers: answer.headers, body, isInflated: true }
    done({ exchange: { request, response }, unseen, route: routeOf(req) })
  })
}

function routeOf(req: IncomingMessage): string | null {
  const { baseUrl = '', route } = req as { baseUrl?: string; route?: { path?: unknown } }
  return typeof route?.path === 'string' ? baseUrl + route.path : null
}

/** The server pushes what arrives, whoever reads it. */
function watchRequestBody(req: IncomingMessage, limit: number): SeenBytes {
  const seen = new SeenBytes(limit)
  const { push } = req
  req.push = function watchedPush(this: IncomingMessage, chunk: unknown, encoding?: BufferEncoding): boolean {
    seen.add(chunk, encoding)
    return push.call(this, chunk, encoding)
  }
  return seen
}

/** Null for a request without a body; undefined for one that did not come by here whole. */
function bodyOf({ headers }: IncomingMessage, seen: SeenBytes): SeenBody {
  const length = headers['content-length']
  if (length === undefined && headers['transfer-encoding'] === undefined) return null
  const hasCome = seen.isWhole && (length === undefined || Number(length) === seen.count)
  return hasCome ? seen.bytes : undefined
}

/** What is sent as an answer, by whichever method. */
class WatchedAnswer {
  readonly #res: ServerResponse
  readonly #seen: SeenBytes
  readonly #limit: number
  /** Fields that were given to `writeHead()` alone: node does not keep them. */
  #headFields: Fields = {}
  /** Known from the first bytes on, before what compresses below has changed the fields. */
  #isLookedAt: boolean | null = null
  /** The codings of the bytes that come by here. */
  #codings: string | null = null

  constructor(res: ServerResponse, limit: number) {
    this.#res = res
    this.#seen = new SeenBytes(limit)
    this.#limit = limit
    this.#watch()
  }

  get headers(): Fields {
    return { ...this.#res.getHeaders(), ...this.#headFields }
  }

  /** The body, inflated; and why it was not looked at, where it should have been. */
  look(): { body: SeenBody; unseen: UnseenReason | null } {
    if (this.#seen.count === 0) return { body: null, unseen: null }
    if (this.#isLookedAt !== true) return { body: undefined, unseen: null }
    if (!this.#seen.isWhole) return { body: undefined, unseen: 'too-long' }
    if (this.#codings === null) return { body: this.#seen.bytes, unseen: null }
    const inflated = undoCoding(this.#seen.bytes, this.#codings, this.#limit)
    return typeof inflated === 'string'
      ? { body: undefined, unseen: inflated }
      : { body: inflated, unseen: null }
  }

  #watch(): void {
    const seeHead = (fields: Fields): void => {
      this.#headFields = { ...this.#headFields, ...fields }
    }
    const see = (chunk: unknown, encoding: unknown): void => this.#add(chunk, encoding)
    const { write, end, writeHead } = this.#res
    this.#res.writeHead = function watchedWriteHead(this: ServerResponse, ...args: unknown[]) {
      seeHead(fieldsOf(args.at(-1)))
      return Reflect.apply(writeHead, this, args) as ServerResponse
    } as typeof writeHead
    this.#res.write = function watchedWrite(this: ServerResponse, ...args: unknown[]) {
      see(args[0], args[1])
      return Reflect.apply(write, this, args) as boolean
    } as typeof write
    this.#res.end = function watchedEnd(this: ServerResponse, ...args: unknown[]) {
      see(args[0], args[1])
      return Reflect.apply(end, this, args) as ServerResponse
    } as typeof end
  }

  /** What has no schema, as a download or a stream of events, is counted, and not kept. */
  #add(chunk: unknown, encoding: unknown): void {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
    this.#isLookedAt ??= this.#decide()
    this.#seen.add(this.#isLookedAt ? chunk : chunk.length > 0 ? 'x' : '', encoding)
  }

  #decide(): boolean {
    const { headers } = this
    // What compresses outside of here changes the fields later.
    this.#codings = fieldOf(headers, 'content-encoding') ?? null
    const type = headers['content-type']
    const essence = essenceOf(Array.isArray(type) ? type[0] : type)
    const hasSchema = essence !== null && (isJsonType(essence) || essence.startsWith('text/'))
    return hasSchema && essence !== 'text/event-stream'
  }
}

/** What `writeHead()` was given as fields: an object, or names and values in turn. */
function fieldsOf(given: unknown): Fields {
  if (typeof given !== 'object' || given === null) return {}
  const pairs = Array.isArray(given)
    ? pairsOf(given as unknown[])
    : Object.entries(given as OutgoingHttpHeaders)
  return Object.fromEntries(
    pairs.map(([name, value]) => [String(name).toLowerCase(), value as Fields[string]]),
  )
}

function pairsOf(list: readonly unknown[]): [unknown, unknown][] {
  if (Array.isArray(list[0])) return list as [unknown, unknown][]
  return list.flatMap((name, index): [unknown, unknown][] =>
    index % 2 === 0 ? [[name, list[index + 1]]] : [],
  )
}
