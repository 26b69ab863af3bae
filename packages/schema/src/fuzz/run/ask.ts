import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { SeenResponse } from '../../drift/exchange.js'
import type { WireRequest } from '../requests/fuzz-input.js'

/** Bytes of an answer that are kept; what is longer is not held against the document. */
const MOST_ANSWER = 1024 * 1024
/** Bytes of a body, above which a server may rightly close the connection before it has read it. */
const LONG_BODY = 64 * 1024

/** What became of a request. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: SeenResponse }
  /** The connection was closed or reset, in place of an answer or within one. */
  | { readonly kind: 'reset'; readonly message: string }
  /** No whole answer in time. */
  | { readonly kind: 'timeout'; readonly message: string }
  /** Nothing listens. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** Nothing can be said: a server may close when it is sent too much. */
  | { readonly kind: 'unclear' }

/** Sends requests to one origin. */
export class Client {
  readonly #base: URL
  readonly #timeoutMs: number
  readonly #agent: HttpAgent | HttpsAgent

  constructor(base: URL, { timeoutMs, concurrency }: { timeoutMs: number; concurrency: number }) {
    this.#base = base
    this.#timeoutMs = timeoutMs
    const Agent = base.protocol === 'https:' ? HttpsAgent : HttpAgent
    this.#agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  }

  /** A connection that was kept and is closed as the request goes out is none of the server's faults: it is asked once more. */
  async ask(wire: WireRequest, signal: AbortSignal): Promise<Outcome> {
    const first = await this.#askOnce(wire, this.#agent, signal)
    if (first.kind !== 'reset' || !first.wasReused || signal.aborted) return first
    return await this.#askOnce(wire, false, signal)
  }

  close(): void {
    this.#agent.destroy()
  }

  #askOnce(
    wire: WireRequest,
    agent: HttpAgent | HttpsAgent | false,
    signal: AbortSignal,
  ): Promise<Outcome & { wasReused?: boolean }> {
    return new Promise((resolve) => {
      let request: ClientRequest
      try {
        request = this.#open(wire, agent, signal)
      } catch (error) {
        // What node does not send.
        resolve({ kind: 'unclear' })
        void error
        return
      }
      const timer = setTimeout(() => {
        resolve({ kind: 'timeout', message: `no whole answer in ${this.#timeoutMs} ms` })
        request.destroy()
      }, this.#timeoutMs)
      const settle = (outcome: Outcome & { wasReused?: boolean }): void => {
        clearTimeout(timer)
        resolve(outcome)
      }
      request.once('response', (response) => readAnswer(response, settle))
      request.once('error', (error: NodeJS.ErrnoException) =>
        settle({ ...failureOf(error, wire), wasReused: request.reusedSocket }),
      )
      request.end(wire.body ?? undefined)
    })
  }

  #open(
    { method, target, headers, body }: WireRequest,
    agent: HttpAgent | HttpsAgent | false,
    signal: AbortSignal,
  ): ClientRequest {
    const isSecure = this.#base.protocol === 'https:'
    const length: [string, string][] = body === null ? [] : [['content-length', String(body.length)]]
    const own = headers.filter(([name]) => name !== 'content-length' && name !== 'transfer-encoding')
    return (isSecure ? requestHttps : requestHttp)({
      protocol: this.#base.protocol,
      hostname: this.#base.hostname.replace(/^\[|\]$/gu, ''),
      port: this.#base.port || (isSecure ? 443 : 80),
      method,
      path: this.#base.pathname.replace(/\/$/u, '') + target,
      headers: Object.fromEntries([...own, ...length]),
      agent: agent as HttpAgent,
      signal,
    })
  }
}

function readAnswer(response: IncomingMessage, settle: (outcome: Outcome) => void): void {
  const status = response.statusCode ?? 0
  const answer = (body: Uint8Array | undefined): void =>
    settle({ kind: 'answer', answer: { status, headers: response.headers, body } })
  const chunks: Buffer[] = []
  let count = 0
  if (response.headers['content-type']?.startsWith('text/event-stream')) {
    // It has no end.
    answer(undefined)
    response.destroy()
    return
  }
  response.on('data', (chunk: Buffer) => {
    count += chunk.length
    if (count <= MOST_ANSWER) chunks.push(chunk)
    else {
      answer(undefined)
      response.destroy()
    }
  })
  response.once('end', () => answer(Buffer.concat(chunks)))
  const cutOff = (): void => settle({ kind: 'reset', message: `the answer ${status} was cut off` })
  response.once('error', cutOff)
  response.once('aborted', cutOff)
}

function failureOf({ code, message }: NodeJS.ErrnoException, { body }: WireRequest): Outcome {
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { kind: 'unreachable', message }
  if (body !== null && body.length > LONG_BODY) return { kind: 'unclear' }
  return { kind: 'reset', message: `the connection was closed without an answer (${code ?? message})` }
}
