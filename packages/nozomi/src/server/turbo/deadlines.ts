import type { Socket } from 'node:net'
import type { Clock } from './clock.js'
import type { TurboService } from './service.js'

/*
 * How long a connection may take for what it is doing, by the time-outs of its server as they stand.
 */

export interface Timed {
  readonly service: TurboService
  readonly socket: Socket
  /** What the client is doing: sending its first or a later head, sending a body, or waiting. */
  readonly activity: 'idle' | 'head' | 'body' | 'waiting'
  /** The tick at which that began. A body began with its head. */
  readonly since: number
  failForTime(): void
}

interface Timeouts {
  keepAliveTimeout: number
  timeout: number
}

export class Deadlines {
  #bytes = 0
  #quietSince = 0
  /** node's `server.timeout`, as it was when the connection came, or was last idle; 0 is none. */
  #quietMs = 0
  /** Somebody, `req.setTimeout()` for one, has set a time-out on the socket, in the place of that. */
  #isOverruled = false

  check(connection: Timed): void {
    const { service, socket, since } = connection
    const { clock, server } = service
    const { activity } = connection
    if (this.#quietMs > 0 && (activity !== 'idle' || !(server.keepAliveTimeout > 0))) {
      this.#checkQuiet(clock, socket)
    }
    switch (activity) {
      case 'idle':
        // As long as the client was told, and a little more: it may have sent a request just now.
        if (server.keepAliveTimeout > 0 && clock.isOver(server.keepAliveTimeout + graceOf(server), since)) {
          socket.emit('timeout')
        }
        break
      case 'head':
        if (clock.isOver(server.headersTimeout, since) || clock.isOver(server.requestTimeout, since)) {
          connection.failForTime()
        }
        break
      case 'body':
        if (clock.isOver(server.requestTimeout, since)) connection.failForTime()
        break
      default:
    }
  }

  /** Parity: the time-out of the server stands on the socket, as if it had been set there. */
  begin({ timeout }: Timeouts, socket: Socket): void {
    if (timeout > 0) this.#watch(timeout, socket)
  }

  overrule(): void {
    this.#isOverruled = true
    this.#quietMs = 0
  }

  /** Parity: what was set on the socket ends with the exchange, as keepAliveTimeout takes its place. */
  restore({ keepAliveTimeout, timeout }: Timeouts, socket: Socket): void {
    if (!(keepAliveTimeout > 0)) return
    if (this.#isOverruled) socket.setTimeout(0)
    this.#isOverruled = false
    this.#watch(timeout > 0 ? timeout : 0, socket)
  }

  #watch(ms: number, socket: Socket): void {
    this.#quietMs = ms
    ;(socket as { timeout?: number }).timeout = ms
  }

  /** Nothing was read or written for so long. Told once, until something is. */
  #checkQuiet(clock: Clock, socket: Socket): void {
    const bytes = (socket.bytesRead ?? 0) + (socket.bytesWritten ?? 0)
    if (bytes !== this.#bytes || this.#quietSince === 0) {
      this.#bytes = bytes
      this.#quietSince = clock.now
    } else if (clock.isOver(this.#quietMs, this.#quietSince)) {
      this.#quietSince = Number.POSITIVE_INFINITY
      socket.emit('timeout')
    }
  }
}

/** Node 24 has an option for it; before it was a second. */
function graceOf(server: { keepAliveTimeoutBuffer?: number }): number {
  const { keepAliveTimeoutBuffer } = server
  return typeof keepAliveTimeoutBuffer === 'number' && keepAliveTimeoutBuffer >= 0
    ? keepAliveTimeoutBuffer
    : 1000
}
