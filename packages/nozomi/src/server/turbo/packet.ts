import { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/*
 * The buffer into which all plain connections of a server read. What is in it holds until the next packet; whoever keeps
 * bytes beyond that copies them (`kept`).
 *
 * Perf: by itself, node allocates 64 KB for each read, cuts them down to what has come, and leaves them to the garbage
 * collector. node:http spares its own parser that, and `net.connect({ onread })` whoever asks; accepted sockets have no
 * such option, so it is set here where the option would set it. Nothing of that is promised by node: where something is
 * not as it is known, the socket is read as a stream.
 */

const SIZE = 64 * 1024

type Internals = Record<symbol, unknown> & {
  _handle?: { useUserBuffer?(buffer: Buffer): void } | null
  _events: { data?: unknown }
  encrypted?: boolean
}

const own = new Socket() as unknown as Internals
const [buffer, callback] = ['kBuffer', 'kBufferCb'].map(
  (name) => Object.getOwnPropertySymbols(own).find(({ description }) => description === name) ?? null,
)

type Take = (socket: Socket, bytes: Buffer) => void
type OnRead = (this: Socket, length: number) => boolean

export class Packet {
  readonly #bytes = Buffer.allocUnsafeSlow(SIZE)
  /** Of all connections. */
  #onRead: OnRead | null = null

  /**
   * Lets a socket read into the packet. While `listener` is the only one that listens to its data, `take` gets the bytes,
   * which are good until it returns; else all listeners get a copy. All sockets of a packet have the same two.
   */
  readFrom(socket: Socket, listener: unknown, take: Take): void {
    const internals = socket as unknown as Internals
    const handle = internals._handle
    if (buffer == null || callback == null || internals[buffer] !== null || internals.encrypted) return
    if (!(socket instanceof Socket) || typeof handle?.useUserBuffer !== 'function') return
    internals[buffer] = this.#bytes
    internals[callback] = this.#onRead ??= readInto(this.#bytes, listener, take)
    socket.pause = pauseStream
    handle.useUserBuffer(this.#bytes)
  }

  /** The bytes, if need be copied, for who looks at them after the packet has gone. */
  kept(bytes: Buffer): Buffer {
    return bytes.buffer === this.#bytes.buffer ? Buffer.from(bytes) : bytes
  }
}

/**
 * As for every other socket: what comes now is kept by the stream until that is full. With a buffer of its own node stops
 * the reading at once, and would never learn that the client has gone.
 */
function pauseStream(this: Socket): Socket {
  return Duplex.prototype.pause.call(this) as Socket
}

/** What node calls when so many bytes have come; false stops the reading. */
function readInto(bytes: Buffer, listener: unknown, take: Take): OnRead {
  return function onRead(length) {
    const isAlone = (this as unknown as Internals)._events.data === listener
    if (!isAlone || this.readableLength > 0 || !this.readableFlowing) {
      return this.push(Buffer.from(bytes.subarray(0, length)))
    }
    take(this, bytes.subarray(0, length))
    return true
  }
}
