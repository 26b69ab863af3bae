import { type ClientRequest, type IncomingMessage, request as nodeRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { ClientAbort, Fate, Framing, RawFields, SideAnswer } from '../../types/shadow.js'

/*
 * One request to one side, on a connection of its own, and everything that comes back.
 */

/** What is kept of a body. */
export const BODY_LIMIT = 16 * 1024 * 1024

export interface Target {
  readonly port: number
  readonly secure: boolean
}

export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly fields: RawFields
  readonly body: Buffer | null
  readonly chunked: boolean
  readonly abort: ClientAbort | null
}

/** Who wants the answer as it comes. */
export interface AnswerWatcher {
  head(status: number, reason: string, fields: RawFields): void
  /** @returns a promise to wait for before more is read */
  data(chunk: Buffer): Promise<void> | undefined
  end(trailers: RawFields): void
}

/** An answer, and the port of the client that got it. */
export interface Asked {
  readonly answer: Omit<SideAnswer, 'events'>
  readonly clientPort: number | null
}

/** The head could not be written: HTTP has no way to say it. */
export class UnsendableError extends Error {}

/**
 * Asks one side.
 *
 * @param timeoutMs for the whole of it; what has come by then is what is given
 * @param left aborted when the client goes away
 * @throws UnsendableError
 */
export function ask(
  target: Target,
  outgoing: OutgoingRequest,
  timeoutMs: number,
  watcher: AnswerWatcher | null = null,
  left: AbortSignal | null = null,
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(outgoing, watcher, resolve)
    try {
      exchange.begin(open(target, outgoing), timeoutMs, left)
    } catch (error) {
      reject(new UnsendableError((error as Error).message))
    }
  })
}

function open(
  { port, secure }: Target,
  { method, url, fields, body, chunked }: OutgoingRequest,
): ClientRequest {
  const options = {
    host: '127.0.0.1',
    port,
    method,
    path: url,
    headers: framed(fields, method, body, chunked).flat(),
    agent: false as const,
    joinDuplicateHeaders: false,
  }
  return secure ? secureRequest({ ...options, rejectUnauthorized: false }) : nodeRequest(options)
}

const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])

/** The fields, with the framing that fits the body that is sent. */
function framed(
  fields: RawFields,
  method: string,
  body: Buffer | null,
  chunked: boolean,
): [string, string][] {
  const at = fields.findIndex(([name]) => isFraming(name))
  const given = fields
    .filter(([name]) => !isFraming(name))
    .map(([name, value]): [string, string] => [name, value])
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  if (chunked) given.splice(at === -1 ? given.length : at, 0, ['Transfer-Encoding', 'chunked'])
  else if (body !== null || !WITHOUT_BODY.has(method)) {
    const name = fields[at]?.[0]
    const spelled = name !== undefined && /^content-length$/i.test(name) ? name : 'Content-Length'
    given.splice(at === -1 ? given.length : at, 0, [spelled, String(body?.length ?? 0)])
  }
  if (!names.has('host')) given.unshift(['Host', 'localhost'])
  if (!names.has('connection')) given.push(['Connection', 'keep-alive'])
  return given
}

function isFraming(name: string): boolean {
  return /^(?:content-length|transfer-encoding)$/i.test(name)
}

class Exchange {
  readonly #outgoing: OutgoingRequest
  readonly #watcher: AnswerWatcher | null
  readonly #resolve: (asked: Asked) => void
  readonly #chunks: Buffer[] = []
  readonly #interim: number[] = []
  #request: ClientRequest | null = null
  #response: IncomingMessage | null = null
  #timer: NodeJS.Timeout | undefined
  #abortTimer: NodeJS.Timeout | undefined
  #bodyBytes = 0
  #clientPort: number | null = null
  #error: string | null = null
  #isOver = false

  constructor(outgoing: OutgoingRequest, watcher: AnswerWatcher | null, resolve: (asked: Asked) => void) {
    this.#outgoing = outgoing
    this.#watcher = watcher
    this.#resolve = resolve
  }

  begin(request: ClientRequest, timeoutMs: number, left: AbortSignal | null): void {
    const { abort, body } = this.#outgoing
    this.#request = request
    this.#timer = setTimeout(() => this.#finish('timed out'), timeoutMs)
    left?.addEventListener('abort', () => this.#finish('left by the client'), { once: true })
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        this.#clientPort = socket.localPort ?? null
        if (abort?.afterMs === undefined) return
        this.#abortTimer = setTimeout(() => this.#finish('left by the client'), abort.afterMs)
      })
    })
    request.on('information', ({ statusCode }) => this.#interim.push(statusCode))
    request.on('response', (response) => this.#receive(response))
    request.on('upgrade', (response, socket) => {
      this.#response = response
      socket.on('error', () => {})
      this.#finish('kept')
      socket.destroy()
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      this.#error = error.code ?? error.message
      this.#finish(this.#response ? 'broken' : 'no answer')
    })
    request.end(body ?? undefined)
  }

  #receive(response: IncomingMessage): void {
    const { abort } = this.#outgoing
    this.#response = response
    const { statusCode = 0, statusMessage = '', rawHeaders } = response
    this.#watcher?.head(statusCode, statusMessage, pairs(rawHeaders))
    response.on('data', (chunk: Buffer) => this.#take(chunk))
    response.on('error', (error: NodeJS.ErrnoException) => {
      this.#error = error.code ?? error.message
    })
    response.on('close', () => {
      if (!response.complete) return this.#finish('broken')
      this.#watcher?.end(pairs(response.rawTrailers))
      this.#finish(closes(response) ? 'closed' : 'kept')
    })
    if (abort?.afterBytes === 0) this.#finish('left by the client')
  }

  #take(chunk: Buffer): void {
    const afterBytes = this.#outgoing.abort?.afterBytes
    if (this.#bodyBytes < BODY_LIMIT) this.#chunks.push(chunk)
    this.#bodyBytes += chunk.length
    const written = this.#watcher?.data(chunk)
    if (written) {
      this.#response?.pause()
      void written.then(() => this.#response?.resume())
    }
    if (afterBytes !== undefined && this.#bodyBytes >= afterBytes) this.#finish('left by the client')
  }

  #finish(fate: Fate): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    clearTimeout(this.#abortTimer)
    const response = this.#response
    this.#resolve({
      clientPort: this.#clientPort,
      answer: {
        status: response?.statusCode ?? null,
        reason: response?.statusMessage ?? '',
        fields: pairs(response?.rawHeaders ?? []),
        trailers: pairs(response?.rawTrailers ?? []),
        body: Buffer.concat(this.#chunks).subarray(0, BODY_LIMIT),
        bodyBytes: this.#bodyBytes,
        interim: this.#interim,
        framing: response ? framingOf(response, this.#outgoing.method) : 'none',
        fate,
        error: this.#error,
      },
    })
    this.#request?.on('error', () => {})
    this.#request?.destroy()
  }
}

function framingOf({ headers, statusCode = 0 }: IncomingMessage, method: string): Framing {
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) return 'chunked'
  if (headers['content-length'] !== undefined) return 'length'
  const hasNoBody = method === 'HEAD' || statusCode === 204 || statusCode === 304 || statusCode === 101
  return hasNoBody ? 'none' : 'until close'
}

function closes({ headers, httpVersion }: IncomingMessage): boolean {
  const said = headers.connection ?? ''
  if (/\bclose\b/i.test(said)) return true
  if (httpVersion === '1.0') return !/\bkeep-alive\b/i.test(said)
  return false
}

export function pairs(flat: readonly string[]): [string, string][] {
  const list: [string, string][] = []
  for (let at = 0; at + 1 < flat.length; at += 2) list.push([flat[at] as string, flat[at + 1] as string])
  return list
}
