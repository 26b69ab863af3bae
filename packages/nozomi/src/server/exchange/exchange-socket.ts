import { Duplex } from 'node:stream'
import type { Taken } from './answer-sink.js'

/*
 * What `req.socket` and `res.socket` are where there is no socket: handlers and middleware ask them who is at the other
 * end, whether it is encrypted, set a time-out, listen for 'close', and destroy them. node's methods write the body of an
 * answer in pieces to it.
 */

/** Who is at the other end, and at this one. */
export interface Endpoints {
  readonly remoteAddress: string
  readonly remotePort?: number | undefined
  readonly localAddress?: string | undefined
  readonly localPort?: number | undefined
  readonly encrypted: boolean
}

/** Who takes what is written. */
export interface SocketOwner {
  write(bytes: Buffer, taken: Taken): void
  end(taken: Taken): void
  destroyed(error: Error | null): void
}

export class ExchangeSocket extends Duplex {
  readonly remoteAddress: string
  readonly remoteFamily: 'IPv4' | 'IPv6'
  readonly remotePort: number | undefined
  readonly localAddress: string | undefined
  readonly localPort: number | undefined
  readonly encrypted: boolean
  readonly connecting = false
  /** The response that has it, as node names it. */
  _httpMessage: unknown = null
  timeout = 0
  bytesRead = 0
  bytesWritten = 0
  readonly #owner: SocketOwner
  #timer: NodeJS.Timeout | null = null

  constructor(endpoints: Endpoints, owner: SocketOwner) {
    super({ autoDestroy: false, emitClose: true })
    this.remoteAddress = endpoints.remoteAddress
    this.remoteFamily = endpoints.remoteAddress.includes(':') ? 'IPv6' : 'IPv4'
    this.remotePort = endpoints.remotePort
    this.localAddress = endpoints.localAddress
    this.localPort = endpoints.localPort
    this.encrypted = endpoints.encrypted
    this.#owner = owner
    // What a handler destroys it with concerns the exchange, which is told; nobody else has to listen.
    this.on('error', ignore)
  }

  address(): object {
    return { address: this.localAddress, port: this.localPort, family: this.remoteFamily }
  }

  /** As that of `net.Socket`: 'timeout' when nothing has been written for so many milliseconds; 0 for never. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    this.timeout = milliseconds
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = milliseconds > 0 ? setTimeout(emitTimeout, milliseconds, this) : null
    if (listener && milliseconds > 0) this.once('timeout', listener)
    else if (listener) this.removeListener('timeout', listener)
    return this
  }

  /** There is no connection of its own that these could be said to. */
  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  destroySoon(): void {
    if (this.writable) this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', this.destroy)
  }

  /** Nothing is read from it: the body of the request comes by the request. */
  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, taken: Taken): void {
    this.#timer?.refresh()
    this.bytesWritten += bytes.length
    this.#owner.write(bytes, taken)
  }

  override _final(taken: Taken): void {
    this.#owner.end(taken)
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#owner.destroyed(error)
    callback(error)
  }
}

function emitTimeout(socket: ExchangeSocket): void {
  socket.emit('timeout')
}

function ignore(): void {}
