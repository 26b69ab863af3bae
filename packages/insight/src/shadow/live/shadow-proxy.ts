import http, { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as secureConnect } from 'node:tls'
import type { RawFields, ShadowReport, SideName, TrafficRequest } from '../../types/shadow.js'
import { type AnswerWatcher, pairs, UnsendableError } from '../exchange/ask.js'
import { fieldValues } from '../compare/field-values.js'
import { resolveOptions, type ShadowOptions } from '../shadow-options.js'
import { ShadowStage } from '../shadow-stage.js'
import type { Side } from '../side/sides.js'
import { isSafe } from '../traffic/safe-methods.js'
import { RecordedClients } from '../traffic/recorded-clients.js'
import { BoundedQueue } from './bounded-queue.js'

/** Requests that are compared at a time, and that wait for it; more are answered and not compared. */
const COMPARED_AT_ONCE = 16
const WAITING = 1000
const BODY_LIMIT = 16 * 1024 * 1024
/** Fields that belong to the connection to the side. */
const HOP_BY_HOP = /^(?:connection|keep-alive|transfer-encoding|proxy-connection)$/i

type Begun = Awaited<ReturnType<Side['begin']>>

export interface LiveOptions extends ShadowOptions {
  /** Where the clients come; default: any free port. */
  readonly listen?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Whose answers the clients get. Default: those of Express. */
  readonly answer?: 'express' | 'nozomi'
  /** Whether methods that change something are sent to the other side too. Default false. */
  readonly unsafe?: boolean
}

export interface ShadowProxy {
  readonly url: string
  /** Ends the clients' connections and all sides, when what was asked is compared. */
  close(): Promise<ShadowReport>
}

/**
 * Listens, sends each request to both frameworks, answers with what one of them says, and compares on the side.
 *
 * @throws as `runShadow()` does
 */
export async function startShadowProxy(options: LiveOptions): Promise<ShadowProxy> {
  const { listen = 0, host = '127.0.0.1', answer = 'express', unsafe = false } = options
  const stage = new ShadowStage(resolveOptions(options), false)
  await stage.start()
  const proxy = new LiveProxy(stage, answer, unsafe)
  try {
    proxy.server.listen(listen, host)
    await once(proxy.server, 'listening')
  } catch (error) {
    await stage.stop()
    throw error
  }
  const { port } = proxy.server.address() as AddressInfo
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, close: () => proxy.close() }
}

class LiveProxy {
  readonly server: Server
  readonly #stage: ShadowStage
  readonly #answering: SideName
  readonly #isUnsafe: boolean
  readonly #queue = new BoundedQueue(COMPARED_AT_ONCE, WAITING)
  /** What one client asks is compared in the order that it asked. */
  readonly #clients = new RecordedClients()
  readonly #tunnels = new Set<Duplex>()
  readonly #running = new Set<Promise<void>>()
  #hasWritten = false
  #reviving: Promise<void> | null = null

  constructor(stage: ShadowStage, answering: SideName, isUnsafe: boolean) {
    this.#stage = stage
    this.#answering = answering
    this.#isUnsafe = isUnsafe
    this.server = createServer((req, res) => {
      const done = this.#serve(req, res).catch((error: Error) => refuse(res, 502, error.message))
      this.#running.add(done)
      void done.finally(() => this.#running.delete(done))
    })
    this.server.on('upgrade', (req, socket, head) => this.#tunnel(req, socket, head))
  }

  async close(): Promise<ShadowReport> {
    this.server.close()
    this.server.closeIdleConnections()
    await Promise.all(this.#running)
    this.server.closeAllConnections()
    for (const socket of this.#tunnels) socket.destroy()
    await this.#queue.drained()
    await this.#stage.stop()
    return this.#stage.finish(this.#hasWritten)
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const mark = this.#queue.mark()
    const body = await readWhole(req)
    if (body === 'too large')
      return refuse(res, 413, `The shadow run takes bodies of ${BODY_LIMIT} bytes at most.`)
    const request = toTraffic(req, body, this.#clientOf(req))
    const left = new AbortController()
    res.once('close', () => {
      if (!res.writableFinished) left.abort()
    })
    await this.#reviving
    const relay = new Relay(res, (fields) =>
      this.#clients.learn(request.client, fieldValues(fields, 'set-cookie')),
    )
    try {
      const begun = await this.#stage.side(this.#answering).begin(request, relay, left.signal)
      const { status, fate } = begun.answer
      if (status === null) refuse(res, 502, `The application gave no answer (${fate}).`)
      else if (fate === 'broken' || fate === 'timed out') res.destroy()
      this.#compare(request, begun, mark)
    } catch (error) {
      if (!(error instanceof UnsendableError)) throw error
      this.#stage.report.skipped(request, `HTTP can not say it: ${error.message}`)
      refuse(res, 400, error.message)
    }
  }

  #clientOf({ socket, headers: { cookie, authorization } }: IncomingMessage): string {
    const known = [cookie, authorization && `authorization=${authorization}`]
    return this.#clients.clientOf(socket, known.filter((one) => one !== undefined).join('; '))
  }

  /**
   * Later, and aside: no client waits for it. It runs after what its client asked before, and after every change that was
   * answered before it came. So it must be in the queue before its client can ask again, and nothing is waited for until then.
   */
  #compare(request: TrafficRequest, { answer, complete }: Begun, mark: number): void {
    const isChange = !isSafe(request.method)
    if (isChange && !this.#isUnsafe) {
      const reason = `${request.method} changes something: --unsafe sends it to both`
      return this.#stage.report.skipped(request, reason)
    }
    this.#hasWritten ||= isChange
    const hasLeft = answer.fate === 'left by the client'
    const asked = hasLeft ? { ...request, abort: { afterBytes: answer.bodyBytes } } : request
    const run = async () => {
      await this.#stage.runOthers(asked, { [this.#answering]: await complete() })
      await this.#revive()
    }
    const isQueued = this.#queue.add({ key: request.client, isBarrier: isChange, mark, run })
    if (!isQueued) this.#stage.report.skipped(request, 'more requests came than could be compared')
  }

  /** One at a time, however many requests found the process ended. */
  async #revive(): Promise<void> {
    if (this.#stage.hasEnded()) {
      this.#stage.report.breakOff(
        'A process ended while live requests were served: some of them may be reported as different, or not, for that alone.',
      )
    }
    this.#reviving ??= this.#stage.reviveAll().finally(() => {
      this.#reviving = null
    })
    await this.#reviving
  }

  /** WebSockets and the like go to the side that answers, and are not compared. */
  #tunnel(req: IncomingMessage, client: Duplex, head: Buffer): void {
    this.#stage.report.skipped(toTraffic(req, null, 'one'), 'it opens a connection of another protocol')
    const { port, secure } = this.#stage.side(this.#answering).ready
    const options = { port, host: '127.0.0.1' }
    const side = secure ? secureConnect({ ...options, rejectUnauthorized: false }) : connect(options)
    const lines = pairs(req.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
    side.write(
      Buffer.concat([
        Buffer.from(`${req.method} ${req.url} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'),
        head,
      ]),
    )
    for (const [one, other] of [
      [client, side],
      [side, client],
    ] as const) {
      this.#tunnels.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.#tunnels.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }
}

/** Gives an answer to the client as it comes. */
class Relay implements AnswerWatcher {
  readonly #res: ServerResponse
  readonly #onHead: (fields: RawFields) => void

  constructor(res: ServerResponse, onHead: (fields: RawFields) => void) {
    this.#res = res
    this.#onHead = onHead
    res.sendDate = false
  }

  head(status: number, reason: string, fields: RawFields): void {
    this.#onHead(fields)
    const kept = fields.filter(([name]) => !HOP_BY_HOP.test(name))
    this.#res.writeHead(status, reason, kept.flat())
    this.#res.flushHeaders()
  }

  data(chunk: Buffer): Promise<void> | undefined {
    if (this.#res.write(chunk) || this.#res.destroyed) return undefined
    return new Promise((resolve) => {
      this.#res.once('drain', resolve).once('close', resolve)
    })
  }

  end(trailers: RawFields): void {
    if (trailers.length > 0 && this.#res.hasHeader('trailer'))
      this.#res.addTrailers(trailers as [string, string][])
    this.#res.end()
  }
}

function toTraffic(req: IncomingMessage, body: Buffer | null, client: string): TrafficRequest {
  const { method = 'GET', url = '/', rawHeaders, headers } = req
  return {
    method,
    url,
    fields: pairs(rawHeaders).filter(([name]) => !/^connection$/i.test(name)),
    body: headers['content-length'] === undefined && headers['transfer-encoding'] === undefined ? null : body,
    chunked: headers['transfer-encoding'] !== undefined,
    client,
    cookies: 'sent',
    abort: null,
    answer: null,
    unsendable: null,
  }
}

async function readWhole(req: IncomingMessage): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = []
  let count = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    count += chunk.length
    if (count > BODY_LIMIT) return 'too large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refuse(res: ServerResponse, status: number, text: string): void {
  if (res.headersSent || res.destroyed) return void res.destroy()
  res.writeHead(status, http.STATUS_CODES[status] ?? '', {
    'Content-Type': 'text/plain; charset=utf-8',
    Connection: 'close',
  })
  res.end(`${text}\n`)
}
