import { createWriteStream, type WriteStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RecordedAnswer, TrafficRequest } from '../../types/shadow.js'
import { pairs } from '../exchange/ask.js'
import { Pseudonyms } from './pseudonyms.js'
import { RecordedClients } from './recorded-clients.js'
import { formatRequestLine } from './request-line.js'

export interface RecordOptions {
  /**
   * `true`, the default: cookies, authorization, and values whose names speak of secrets are replaced by pseudonyms. A list:
   * those with these names too. `false`: all is written as it came.
   */
  readonly redact?: boolean | readonly string[]
  /** Bodies above this are not recorded, and such requests not replayed. Default 1 MB. */
  readonly maxBodyBytes?: number
  /** Whether answers are recorded, so that ids and sessions in them are known again. Default true. */
  readonly answers?: boolean
}

/** The middleware. It is the first of the application, as it must see bodies before others read them. */
export interface TrafficRecorder {
  (req: IncomingMessage, res: ServerResponse, next: () => void): void
  /** Writes what is left, and closes the file. */
  close(): Promise<void>
}

const DEFAULT_BODY_BYTES = 1024 * 1024
/** Of an answer: what is longer seldom gives ids that later requests name. */
const ANSWER_BYTES = 64 * 1024

/** Writes the requests that come, a line each, for `nozomi shadow --traffic`. The file is appended to, and only its owner may read it. */
export function recordTraffic(file: string, options: RecordOptions = {}): TrafficRecorder {
  const { redact = true, maxBodyBytes = DEFAULT_BODY_BYTES, answers = true } = options
  const pseudonyms = redact === false ? null : new Pseudonyms(redact === true ? [] : redact)
  const clients = new RecordedClients()
  const sink = new LineFile(file)
  const recorder = function recordRequest(req: IncomingMessage, res: ServerResponse, next: () => void): void {
    try {
      const recording = new Recording(req, res, clients, { maxBodyBytes, answers })
      res.once('close', () => sink.write(() => formatLine(recording.finish(), pseudonyms)))
    } catch (error) {
      sink.warn(error as Error)
    }
    next()
  }
  return Object.assign(recorder, { close: () => sink.close() })
}

function formatLine(request: TrafficRequest, pseudonyms: Pseudonyms | null): string {
  return formatRequestLine(pseudonyms ? pseudonyms.redact(request) : request)
}

/** A file that lines are added to. What fails is said once, and recording stops; the application goes on. */
class LineFile {
  readonly #stream: WriteStream
  #hasFailed = false

  constructor(file: string) {
    this.#stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
    this.#stream.on('error', (error) => this.warn(error))
  }

  write(line: () => string): void {
    if (this.#hasFailed || this.#stream.writableEnded) return
    try {
      this.#stream.write(`${line()}\n`)
    } catch (error) {
      this.warn(error as Error)
    }
  }

  warn(error: Error): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    process.emitWarning(`Traffic is not recorded any more: ${error.message}`, {
      code: 'NOZOMI_TRAFFIC_RECORDING',
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream.closed || this.#hasFailed) return resolve()
      this.#stream.once('close', () => resolve())
      this.#stream.end()
    })
  }
}

/** One request while it runs. */
class Recording {
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
  readonly #clients: RecordedClients
  readonly #client: string
  readonly #url: string
  readonly #limits: { maxBodyBytes: number; answers: boolean }
  readonly #body: Taken
  readonly #answer: Taken

  constructor(
    req: IncomingMessage,
    res: ServerResponse,
    clients: RecordedClients,
    limits: { maxBodyBytes: number; answers: boolean },
  ) {
    this.#req = req
    this.#res = res
    this.#clients = clients
    this.#limits = limits
    this.#url = (req as { originalUrl?: string }).originalUrl ?? req.url ?? '/'
    this.#client = clients.clientOf(req.socket, req.headers.cookie ?? '')
    this.#body = new Taken(limits.maxBodyBytes)
    this.#answer = new Taken(ANSWER_BYTES)
    tapRequest(req, this.#body)
    tapResponse(res, this.#answer)
  }

  finish(): TrafficRequest {
    const { method = 'GET', rawHeaders, headers } = this.#req
    const chunked = headers['transfer-encoding'] !== undefined
    const length = Number(headers['content-length'] ?? 0)
    this.#clients.learn(this.#client, [this.#res.getHeader('set-cookie') ?? []].flat().map(String))
    return {
      method,
      url: this.#url,
      fields: pairs(rawHeaders),
      body: headers['content-length'] === undefined && !chunked ? null : this.#recordedBody(length),
      chunked,
      client: this.#client,
      cookies: 'sent',
      abort: this.#res.writableFinished ? null : { afterBytes: this.#answer.count },
      answer: this.#limits.answers ? this.#recordedAnswer() : null,
      unsendable: this.#reasonNotToSend(length),
    }
  }

  /** What nobody read has not come: its length tells something, and its content nothing. */
  #recordedBody(length: number): Buffer {
    const { bytes } = this.#body
    const missing = length - bytes.length
    const isFilled = missing > 0 && this.#reasonNotToSend(length) === null
    return isFilled ? Buffer.concat([bytes, Buffer.alloc(missing)]) : bytes
  }

  #reasonNotToSend(length: number): string | null {
    const { maxBodyBytes } = this.#limits
    if (!this.#body.isWhole || length > maxBodyBytes) return `its body has more than ${maxBodyBytes} bytes`
    const hasLeft = !this.#res.writableFinished && this.#body.count < length
    return hasLeft ? 'the client left before its body had come' : null
  }

  #recordedAnswer(): RecordedAnswer {
    const fields = Object.entries(this.#res.getHeaders()).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
    )
    const isReadable = this.#answer.isWhole && this.#res.getHeader('content-encoding') === undefined
    return { status: this.#res.statusCode, fields, body: isReadable ? this.#answer.bytes : null }
  }
}

/** The first bytes of a body. */
class Taken {
  readonly #limit: number
  #chunks: Buffer[] = []
  count = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  add(chunk: unknown, encoding?: unknown): void {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, Buffer.isEncoding(encoding as string) ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk)
    this.count += bytes.length
    if (this.isWhole) this.#chunks.push(bytes)
    else this.#chunks = []
  }

  get isWhole(): boolean {
    return this.count <= this.#limit
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}

/** The server pushes what arrives, whether the application reads it or not. */
function tapRequest(req: IncomingMessage, taken: Taken): void {
  const { push } = req
  req.push = function recordedPush(this: IncomingMessage, chunk: unknown, encoding?: BufferEncoding) {
    taken.add(chunk, encoding)
    return push.call(this, chunk, encoding)
  }
}

function tapResponse(res: ServerResponse, taken: Taken): void {
  const { write, end } = res
  res.write = function recordedWrite(this: ServerResponse, ...args: unknown[]) {
    taken.add(args[0], args[1])
    return Reflect.apply(write, this, args)
  } as typeof res.write
  res.end = function recordedEnd(this: ServerResponse, ...args: unknown[]) {
    taken.add(args[0], args[1])
    return Reflect.apply(end, this, args)
  } as typeof res.end
}
