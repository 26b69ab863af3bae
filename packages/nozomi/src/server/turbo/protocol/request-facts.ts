import { isHost } from '../../../http/host.js'
import { FieldSection } from './field-section.js'
import { type Refusal, REFUSALS } from './refusal.js'
import { authorityOf } from './request-target.js'

/*
 * What a head says about its message, gathered while its fields are read: where the body ends, whether the connection
 * goes on, for which host it is. Each rule here is one that, read differently by a proxy before us, lets an attacker
 * smuggle a request (RFC 9112 §11.2); so there is one reading, and everything else is refused.
 */

/** Digits in which a length surely is a number that JavaScript holds exactly. */
const SAFE_DIGITS = 15

export abstract class RequestFacts extends FieldSection {
  method = ''
  target = ''
  minor: 0 | 1 = 1
  /** Of the body: -1 when it is chunked, 0 when there is none, else Content-Length. */
  length = 0
  /** Whether the client lets the connection go on after this request (RFC 9112 §9.3). */
  keepAlive = true
  /** RFC 9110 §10.1.1: the client waits for a 100 before it sends its content. */
  expectsContinue = false
  /** An Expect field with anything else in it than `100-continue`. */
  expectation: string | undefined = undefined
  /** CONNECT, or `Connection: upgrade` with an Upgrade field (HTTP/1.1 alone: RFC 9110 §7.8). */
  isUpgrade = false
  host: string | undefined = undefined

  #hasLength = false
  #isChunked = false
  #asksClose = false
  #asksKeepAlive = false
  #asksUpgrade = false
  #namesProtocol = false
  #expect: string | undefined = undefined
  /** Perf: a connection asks for the same host again and again; it is checked once. Never more than one is kept. */
  #checkedHost = ''

  protected resetFacts(): void {
    this.length = 0
    this.keepAlive = true
    this.expectsContinue = false
    this.expectation = undefined
    this.isUpgrade = false
    this.host = undefined
    this.#hasLength = false
    this.#isChunked = false
    this.#asksClose = false
    this.#asksKeepAlive = false
    this.#asksUpgrade = false
    this.#namesProtocol = false
    this.#expect = undefined
  }

  /** Notes a field, if it is one that matters. */
  protected override noteField(name: string, value: string): Refusal | null {
    // Perf: the lengths of the seven names differ, so nearly every other name is left after this.
    switch (name.length) {
      case 4:
        return name.toLowerCase() === 'host' ? this.#noteHost(value) : null
      case 6:
        if (name.toLowerCase() === 'expect') this.#expect = join(this.#expect, value)
        return null
      case 7:
        if (name.toLowerCase() === 'upgrade' && value !== '') this.#namesProtocol = true
        return null
      case 10:
        if (name.toLowerCase() === 'connection') this.#noteConnection(value)
        return null
      case 14:
        return name.toLowerCase() === 'content-length' ? this.#noteContentLength(value) : null
      case 16:
        if (name.toLowerCase() === 'proxy-connection') this.#noteProxyConnection(value)
        return null
      case 17:
        return name.toLowerCase() === 'transfer-encoding' ? this.#noteTransferEncoding(value) : null
      default:
        return null
    }
  }

  /** Judges the head as a whole, after its last field. */
  protected settle(requireHost: boolean): Refusal | null {
    const isOld = this.minor === 0
    if (this.#isChunked && isOld) return REFUSALS.oldTransferCoding
    if (this.host === undefined && requireHost && !isOld) return REFUSALS.hostMissing
    if (this.#isChunked) this.length = -1
    if (this.method === 'CONNECT' && this.length !== 0) return REFUSALS.connectContent
    if (this.host !== undefined && this.target.charCodeAt(0) !== 0x2f) {
      const authority = authorityOf(this.target)
      if (authority !== undefined && authority.toLowerCase() !== this.host.toLowerCase())
        return REFUSALS.hostDiffers
    }
    this.keepAlive = !this.#asksClose && (!isOld || this.#asksKeepAlive)
    this.isUpgrade = this.method === 'CONNECT' || (this.#asksUpgrade && this.#namesProtocol && !isOld)
    if (this.#expect !== undefined && !isOld) {
      if (membersOf(this.#expect).every((member) => member === '100-continue')) this.expectsContinue = true
      else this.expectation = this.#expect
    }
    return null
  }

  /** RFC 9112 §3.2: one Host field at most, and a valid one. An empty one says that there is no authority. */
  #noteHost(value: string): Refusal | null {
    if (this.host !== undefined) return REFUSALS.hostDoubled
    if (value !== this.#checkedHost) {
      if (value !== '' && !isHost(value)) return REFUSALS.hostMalformed
      this.#checkedHost = value
    }
    this.host = value
    return null
  }

  #noteConnection(value: string): void {
    for (const option of membersOf(value)) {
      if (option === 'close') this.#asksClose = true
      else if (option === 'keep-alive') this.#asksKeepAlive = true
      else if (option === 'upgrade') this.#asksUpgrade = true
    }
  }

  /** RFC 9112 §C.2.2: no field of HTTP's, but clients that send it mean it. Closing is always safe, keeping open is not. */
  #noteProxyConnection(value: string): void {
    if (membersOf(value).includes('close')) this.#asksClose = true
  }

  /** RFC 9112 §6.3: digits alone; a second one is refused even when it says the same, as node does. */
  #noteContentLength(value: string): Refusal | null {
    if (this.#isChunked) return REFUSALS.bothLengths
    if (this.#hasLength) return REFUSALS.contentLengthDoubled
    if (!/^[0-9]+$/.test(value)) return REFUSALS.contentLength
    const length = Number(value)
    if (value.length > SAFE_DIGITS && !Number.isSafeInteger(length)) return REFUSALS.contentLengthTooLarge
    this.#hasLength = true
    this.length = length
    return null
  }

  /**
   * RFC 9112 §6.1: `chunked`, once, alone. Other codings are valid HTTP that we don't speak (501), unless `chunked` is
   * not the last of them, so that nobody could know where the body ends.
   */
  #noteTransferEncoding(value: string): Refusal | null {
    if (this.#hasLength) return REFUSALS.bothLengths
    if (this.#isChunked) return REFUSALS.transferCoding
    const codings = membersOf(value)
    if (codings.at(-1) !== 'chunked' || codings.indexOf('chunked') !== codings.length - 1) {
      return REFUSALS.transferCoding
    }
    if (codings.length > 1) return REFUSALS.otherTransferCoding
    this.#isChunked = true
    return null
  }
}

/** The members of a comma-separated list, in lower case (RFC 9110 §5.6.1); empty ones stay. */
function membersOf(list: string): string[] {
  return list.split(',').map((member) => member.replaceAll(/^[\t ]+|[\t ]+$/g, '').toLowerCase())
}

function join(list: string | undefined, value: string): string {
  return list === undefined ? value : `${list}, ${value}`
}
