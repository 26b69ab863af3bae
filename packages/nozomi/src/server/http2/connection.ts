import type { ServerHttp2Session } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import type { Endpoints } from '../exchange/exchange-socket.js'
import { ErrorCode } from './error-code.js'
import { Allowance, type DecidedLimits } from './limits.js'

/*
 * One HTTP/2 connection, as the server sees it: who is at the other end, which requests are under way, and how much the
 * client has asked for beside them.
 */

/** A request under way, as far as the connection has to do with it. */
interface CarriedStream {
  readonly startedAt: number
  readonly isRequestComplete: boolean
  timeOut(): void
}

export class Http2Connection implements Endpoints {
  readonly session: ServerHttp2Session
  readonly server: object
  readonly remoteAddress: string
  readonly remotePort: number | undefined
  readonly localAddress: string | undefined
  readonly localPort: number | undefined
  readonly encrypted: boolean
  /** Requests under way. */
  readonly carriages = new Set<CarriedStream>()
  readonly #limits: DecidedLimits | null
  readonly #resets: Allowance | null
  #idleTimer: NodeJS.Timeout | null = null
  /** The client was told to go, and nothing that it still sends is looked at. */
  isEnding = false

  /** `limits`: null for a connection of somebody else's server. */
  constructor(session: ServerHttp2Session, server: object, limits: DecidedLimits | null) {
    // Asked now, because a session that is over has no socket.
    const { remoteAddress, remotePort, localAddress, localPort } = session.socket
    this.session = session
    this.server = server
    this.remoteAddress = remoteAddress ?? ''
    this.remotePort = remotePort
    this.localAddress = localAddress
    this.localPort = localPort
    this.encrypted = session.encrypted === true
    this.#limits = limits
    this.#resets = limits && new Allowance(limits.streamResetBurst, limits.streamResetRate)
    if (limits) this.#watch(limits)
  }

  /** What a handler asks the socket of a TLS connection; undefined when the connection is over. */
  get tls(): TLSSocket | undefined {
    return this.encrypted && !this.session.destroyed ? (this.session.socket as TLSSocket) : undefined
  }

  get isIdle(): boolean {
    return this.carriages.size === 0
  }

  began(carriage: CarriedStream): void {
    this.carriages.add(carriage)
  }

  ended(carriage: CarriedStream): void {
    this.carriages.delete(carriage)
    if (this.isIdle) this.#idleTimer?.refresh()
  }

  /** The client has taken a request back. */
  countReset(): void {
    if (this.#resets !== null && !this.#resets.take()) this.#calm()
  }

  /** Resets the streams whose requests have been on their way for too long. */
  endLateRequests(now: number): void {
    const { requestTimeout } = this.#limits as DecidedLimits
    for (const carriage of this.carriages) {
      if (!carriage.isRequestComplete && now - carriage.startedAt > requestTimeout) carriage.timeOut()
    }
  }

  #watch({ controlFrameBurst, controlFrameRate, sessionIdleTimeout }: DecidedLimits): void {
    const { session } = this
    const frames = new Allowance(controlFrameBurst, controlFrameRate)
    const count = (): void => {
      if (!frames.take()) this.#calm()
    }
    session.on('ping', count)
    session.on('remoteSettings', count)
    if (sessionIdleTimeout > 0) {
      this.#idleTimer = setTimeout(() => this.#onIdle(), sessionIdleTimeout).unref()
      session.once('close', () => clearTimeout(this.#idleTimer as NodeJS.Timeout))
    }
  }

  #onIdle(): void {
    if (this.isIdle) this.session.close()
  }

  /** Later, because node can't send GOAWAY while it reads frames. */
  #calm(): void {
    if (this.isEnding) return
    this.isEnding = true
    setImmediate(() => this.session.destroy(ErrorCode.ENHANCE_YOUR_CALM as never))
  }
}
