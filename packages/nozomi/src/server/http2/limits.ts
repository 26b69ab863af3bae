import http, { type ServerOptions } from 'node:http'
import type { ServerOptions as Http2Options } from 'node:http2'
import type { Http2Limits } from '../../types/application-members.js'

/*
 * How much one HTTP/2 client may ask of a server. One connection carries many requests, so a limit on connections limits
 * nothing; and frames that are no requests cost the server more than their sender.
 */

/** The options of node's own, with all that is ours. */
export type Http2ServerOptions = Http2Options & Http2Limits & Pick<ServerOptions, 'keepAliveTimeout'>

export type DecidedLimits = { readonly [Name in keyof Http2Limits]-?: number }

const OURS: DecidedLimits = {
  // Security: CVE-2023-44487, "rapid reset". A request that was taken back no longer counts as one under way, but its
  // handler runs. A browser that leaves a page takes back what it had asked for, at most `maxConcurrentStreams`; 200 bear
  // with that, and with the next page.
  streamResetBurst: 200,
  streamResetRate: 33,
  // Security: CVE-2019-9512, CVE-2019-9515. Each wants an answer. Clients send SETTINGS once, and a PING every few seconds.
  controlFrameBurst: 500,
  controlFrameRate: 50,
  // What `keepAliveTimeout` is to HTTP/1.1, and longer than the minute after which most load balancers give one up.
  sessionIdleTimeout: 75_000,
  // As that of node:http. What has come too late is answered with 408 if nothing else was, and its stream is reset.
  requestTimeout: 300_000,
  connectionsCheckingInterval: 30_000,
}

/** @throws RangeError as node does, with the code ERR_OUT_OF_RANGE */
export function decideLimits(options: Http2Limits): DecidedLimits {
  const decided = { ...OURS }
  for (const name of Object.keys(OURS) as (keyof Http2Limits)[]) {
    const value = options[name]
    if (value === undefined) continue
    if (!Number.isFinite(value) || value < 0) {
      const message = `The value of "options.${name}" is out of range. It must be a number >= 0. Received ${String(value)}`
      throw Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' })
    }
    decided[name] = value
  }
  return decided
}

/** What node limits by itself, when it is told to. */
export function limitNode(options: Http2ServerOptions): Http2Options & { maxOutstandingSettings?: number } {
  return {
    // As many fields as a head of 16 KB can hold some of: browsers send each cookie as a field of its own.
    maxHeaderListPairs: 256,
    // A SETTINGS frame has six settings that mean something here.
    maxSettings: 32,
    maxOutstandingPings: 10,
    maxOutstandingSettings: 10,
    // In MB, of one connection: 128 requests whose bodies nobody reads yet hold 8, at 64 KB each.
    maxSessionMemory: 10,
    // Streams over the limit of concurrent ones. A client that has not read our settings yet may send some.
    maxSessionRejectedStreams: 100,
    ...options,
    ...ofTheLibrary(decideLimits(options)),
    settings: {
      // RFC 9113 §6.5.2 recommends no less than 100. node's default is 2^32-1.
      maxConcurrentStreams: 128,
      // As node:http bounds the head of a request; that of HTTP/2 is 64 KB otherwise.
      maxHeaderListSize: http.maxHeaderSize,
      // RFC 8441: what a WebSocket over HTTP/2 begins with. Nothing here could answer it.
      enableConnectProtocol: false,
      ...options.settings,
    },
  }
}

/**
 * The library under node counts every reset, those of answers that were complete too, and allows 1000 and 33 a second. It
 * is to come after us, and not to hold back who has set more; which node passes on since 24.
 */
function ofTheLibrary({ streamResetBurst, streamResetRate }: DecidedLimits): object {
  return {
    streamResetBurst: Math.max(1000, Math.ceil(streamResetBurst)),
    streamResetRate: Math.max(33, Math.ceil(streamResetRate)),
  }
}

/** So many at once, and so many a second after that. */
export class Allowance {
  readonly #burst: number
  readonly #rate: number
  #left: number
  #since = performance.now()

  constructor(burst: number, ratePerSecond: number) {
    this.#burst = burst
    this.#rate = ratePerSecond
    this.#left = burst
  }

  /** False when there is none left. */
  take(): boolean {
    const now = performance.now()
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#since) * this.#rate) / 1000)
    this.#since = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
