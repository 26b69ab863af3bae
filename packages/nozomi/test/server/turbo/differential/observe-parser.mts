import { ChunkedDecoder } from '#dist/server/turbo/protocol/chunked-decoder.js'
import { HeadParser } from '#dist/server/turbo/protocol/head-parser.js'
import type { HeadLimits } from '#dist/server/turbo/protocol/limits.js'
import { type Case, packetsOf } from './case.mjs'
import { USUAL_LIMITS } from './limits.mjs'
import type { Observation, SeenRequest } from './observation.mjs'

/*
 * Turbo's parsers, driven as its connection drives them, without any connection.
 */

/** What is awaited next: a head, a body of known length, chunks; or nothing any more. */
type Awaited = 'head' | 'length' | 'chunks' | 'nothing' | 'foreign bytes'

export interface OwnObservation extends Observation {
  /** Where each message starts in the stream, the last one may have been refused. */
  starts: number[]
}

class Reader {
  readonly seen: OwnObservation = { requests: [], refused: null, handedOver: '', starts: [] }
  readonly #limits: HeadLimits
  readonly #heads: HeadParser
  #chunks: ChunkedDecoder
  #awaited: Awaited = 'head'
  #left = 0
  /** Where the packet starts in the stream. */
  #packetAt = 0
  #isWithinHead = false

  constructor(limits: HeadLimits) {
    this.#limits = limits
    this.#heads = new HeadParser(limits)
    this.#chunks = new ChunkedDecoder(limits)
  }

  get #request(): SeenRequest {
    return this.seen.requests.at(-1) as SeenRequest
  }

  take(packet: Buffer): void {
    let at = 0
    while (at >= 0 && at < packet.length) at = this.#takeFrom(packet, at)
    this.#packetAt += packet.length
  }

  #takeFrom(packet: Buffer, at: number): number {
    switch (this.#awaited) {
      case 'head':
        return this.#takeHead(packet, at)
      case 'length':
        return this.#takeContent(packet, at)
      case 'chunks':
        return this.#takeChunks(packet, at)
      case 'foreign bytes':
        this.seen.handedOver += packet.toString('latin1', at)
        return packet.length
      default:
        return packet.length
    }
  }

  #takeHead(packet: Buffer, at: number): number {
    const heads = this.#heads
    if (!this.#isWithinHead) this.seen.starts.push(this.#packetAt + at)
    this.#isWithinHead = true
    const end = heads.parse(packet, at)
    if (heads.refusal !== null) this.seen.refused = heads.refusal
    if (end < 0) return end
    this.#isWithinHead = false
    this.seen.requests.push(seenRequest(heads))
    this.#left = heads.length
    if (heads.length === 0) this.#finish()
    else this.#awaited = heads.length === -1 ? 'chunks' : 'length'
    if (heads.length === -1) this.#chunks = new ChunkedDecoder(this.#limits)
    return end
  }

  #takeContent(packet: Buffer, at: number): number {
    const end = Math.min(packet.length, at + this.#left)
    this.#request.body += packet.toString('latin1', at, end)
    this.#left -= end - at
    if (this.#left === 0) this.#finish()
    return end
  }

  #takeChunks(packet: Buffer, at: number): number {
    const request = this.#request
    const end = this.#chunks.decode(packet, at, {
      onData(bytes) {
        request.body += bytes.toString('latin1')
      },
    })
    if (this.#chunks.refusal !== null) this.seen.refused = this.#chunks.refusal
    if (end < 0) return end
    request.rawTrailers = this.#chunks.trailers
    this.#finish()
    return end
  }

  #finish(): void {
    this.#request.complete = true
    this.#awaited = this.#request.isUpgrade ? 'foreign bytes' : this.#request.keepAlive ? 'head' : 'nothing'
  }
}

/** RFC 9110 §7.8: an Upgrade may be ignored. That of a request with content is, as nobody agrees on what follows it. */
function isHandedOver(heads: HeadParser): boolean {
  return heads.isUpgrade && heads.length === 0
}

function seenRequest(heads: HeadParser): SeenRequest {
  const isUpgrade = isHandedOver(heads)
  const expects = heads.expectsContinue ? 'continue' : heads.expectation === undefined ? 'nothing' : 'other'
  return {
    method: heads.method,
    url: heads.target,
    version: `1.${heads.minor}`,
    rawHeaders: heads.rawHeaders,
    body: '',
    rawTrailers: [],
    complete: isUpgrade,
    keepAlive: heads.keepAlive || isUpgrade,
    expects: isUpgrade ? 'nothing' : expects,
    isUpgrade,
  }
}

export function observeParser(one: Case, limits: HeadLimits = USUAL_LIMITS): OwnObservation {
  const reader = new Reader(limits)
  for (const packet of packetsOf(one)) if (reader.seen.refused === null) reader.take(packet)
  return reader.seen
}
