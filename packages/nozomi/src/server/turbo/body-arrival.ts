import type { AsyncResource } from 'node:async_hooks'
import type { Socket } from 'node:net'
import type { Request } from './messages.js'
import { ChunkedDecoder, type ContentSink, NEEDS_MORE } from './protocol/chunked-decoder.js'
import type { Refusal } from './protocol/refusal.js'
import type { TurboService } from './service.js'

/*
 * The body that a connection is reading: cut out of the bytes by its length or by its chunks, and pushed into its request.
 * A connection has one of these, for one body after the other.
 *
 * Runs for each packet of a body: no closure, and no object beside the decoder of a chunked one.
 */

export class BodyArrival implements ContentSink {
  /** The request whose body is coming. */
  req: Request | null = null
  /** Whoever reads it has enough for now, and the socket was stopped. */
  isStopped = false
  readonly #service: TurboService
  readonly #socket: Socket
  readonly #context: AsyncResource
  /** Null when the body has a length. */
  #decoder: ChunkedDecoder | null = null
  /** Bytes of that length that have not come yet. */
  #left = 0

  constructor(service: TurboService, socket: Socket, context: AsyncResource) {
    this.#service = service
    this.#socket = socket
    this.#context = context
  }

  /** A body follows, of so many bytes; of chunks when its length is not known. */
  begin(req: Request, length: number): void {
    this.req = req
    if (length > 0) this.#left = length
    else this.#decoder = new ChunkedDecoder(this.#service.limits)
  }

  /** Takes bytes from `at`. Gives the offset behind the body, NEEDS_MORE (all bytes were taken) or REFUSED. */
  read(bytes: Buffer, at: number): number {
    if (this.#decoder !== null) return this.#decoder.decode(bytes, at, this)
    const end = Math.min(at + this.#left, bytes.length)
    this.#left -= end - at
    this.onData(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end))
    return this.#left === 0 ? end : NEEDS_MORE
  }

  /** Why it can't be read. */
  get refusal(): Refusal {
    return this.#decoder?.refusal as Refusal
  }

  /** Content: for whoever reads it, and not faster than they do. */
  onData(bytes: Buffer): void {
    const req = this.req as Request
    if (req._dumped || req.destroyed) return
    if (this.#context.runInAsyncScope(req.push, req, this.#service.packet.kept(bytes))) return
    this.isStopped = true
    this.#socket.pause()
  }

  /** All of it has come. Gives the request, which is yet to be told. */
  finish(): Request {
    const req = this.req as Request
    if (this.#decoder !== null) {
      const { trailers } = this.#decoder
      req.complete = true
      req._addHeaderLines(trailers, trailers.length)
      this.#decoder = null
    }
    this.req = null
    return req
  }
}
