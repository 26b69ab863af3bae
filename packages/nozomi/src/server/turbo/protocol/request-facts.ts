import { isHost } from '../../../http/host.js'
import { CR, HTAB } from './characters.js'
import { FieldSection } from './field-section.js'
import { type Refusal, REFUSALS } from './refusal.js'

/*
 * What a head says about its message, gathered from its fields: where the body ends, whether the connection goes on, for
 * which host it is. Each rule here is one that, read differently by a proxy before us, lets an attacker smuggle a request
 * (RFC 9112 §11.2); so there is one reading, and everything else is refused.
 */

/** What was said, as bits. */
const HAS_LENGTH = 1
const IS_CHUNKED = 2
const ASKS_CLOSE = 4
const ASKS_KEEP_ALIVE = 8
const ASKS_UPGRADE = 16
const NAMES_PROTOCOL = 32

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
  /**
   * CONNECT, or `Connection: upgrade` with an Upgrade field (HTTP/1.1 alone: RFC 9110 §7.8). The new protocol starts
   * behind the content, if there is any.
   */
  isUpgrade = false
  host: string | undefined = undefined

  #said = 0
  #expect: string | undefined = undefined
  /** Perf: a connection asks for the same host again and again; it is checked once. Never more than one is kept. */
  #checkedHost = ''

  protected resetFacts(): void {
    this.length = 0
    this.expectsContinue = false
    this.expectation = undefined
    this.host = undefined
    this.#said = 0
    this.#expect = undefined
  }

  protected override noteField(name: string, value: string, text: string, valueEnd: number): Refusal | null {
    // Perf: by length, nearly every other name is left at once.
    switch (name.length) {
      case 4:
        return is(name, 'host', 'Host') ? this.#noteHost(value) : null
      case 6:
        if (is(name, 'expect', 'Expect')) this.#expect = join(this.#expect, value)
        return null
      case 7:
        if (is(name, 'upgrade', 'Upgrade') && value !== '') this.#said |= NAMES_PROTOCOL
        return null
      case 10:
        if (is(name, 'connection', 'Connection')) this.#noteConnection(value)
        return null
      case 14:
        return is(name, 'content-length', 'Content-Length')
          ? this.#noteContentLength(value, text, valueEnd)
          : null
      case 16:
        if (is(name, 'proxy-connection', 'Proxy-Connection')) this.#noteProxyConnection(value)
        return null
      case 17:
        return is(name, 'transfer-encoding', 'Transfer-Encoding')
          ? this.#noteTransferEncoding(value, text, valueEnd)
          : null
      default:
        return null
    }
  }

  /** Judges the head as a whole, after its last field. */
  protected settle(): Refusal | null {
    const said = this.#said
    const isOld = this.minor === 0
    // RFC 9112 §3.2.2: beside a target in absolute form it is ignored (messages.ts), so it may say anything that is a host.
    if (this.host === undefined && !isOld && this.limits.requireHostHeader !== false)
      return REFUSALS.hostMissing
    if ((said & IS_CHUNKED) !== 0) {
      if (isOld) return REFUSALS.oldTransferCoding
      this.length = -1
    }
    const isConnect = this.method === 'CONNECT'
    if (isConnect && this.length !== 0) return REFUSALS.connectContent
    this.keepAlive = (said & ASKS_CLOSE) === 0 && (!isOld || (said & ASKS_KEEP_ALIVE) !== 0)
    this.isUpgrade = isConnect || (!isOld && (said & ASKS_UPGRADE) !== 0 && (said & NAMES_PROTOCOL) !== 0)
    if (this.#expect !== undefined && !isOld) this.#settleExpect(this.#expect)
    return null
  }

  #settleExpect(expect: string): void {
    if (membersOf(expect).every((member) => member === '100-continue')) this.expectsContinue = true
    else this.expectation = expect
  }

  /**
   * RFC 9112 §3.2: one Host field at most, and a valid one. An empty one says that there is no authority. Security: the
   * grammar of names has a comma, with which a proxy may have joined two.
   */
  #noteHost(value: string): Refusal | null {
    if (this.host !== undefined) return REFUSALS.hostDoubled
    if (value !== this.#checkedHost) {
      if ((value !== '' && !isHost(value)) || value.includes(',')) return REFUSALS.hostMalformed
      this.#checkedHost = value
    }
    this.host = value
    return null
  }

  #noteConnection(value: string): void {
    if (value === 'keep-alive') this.#said |= ASKS_KEEP_ALIVE
    else if (value === 'close') this.#said |= ASKS_CLOSE
    else for (const option of membersOf(value)) this.#noteConnectionOption(option)
  }

  #noteConnectionOption(option: string): void {
    if (option === 'close') this.#said |= ASKS_CLOSE
    else if (option === 'keep-alive') this.#said |= ASKS_KEEP_ALIVE
    else if (option === 'upgrade') this.#said |= ASKS_UPGRADE
  }

  /** RFC 9112 §C.2.2: no field of HTTP's, but clients that send it mean it. Closing is always safe, keeping open is not. */
  #noteProxyConnection(value: string): void {
    if (membersOf(value).includes('close')) this.#said |= ASKS_CLOSE
  }

  /**
   * RFC 9112 §6.3: digits alone; a second one is refused even when it says the same, as node does. Security: a tab behind
   * them is a blank by the grammar, and part of the value for some.
   */
  #noteContentLength(value: string, text: string, valueEnd: number): Refusal | null {
    if ((this.#said & IS_CHUNKED) !== 0) return REFUSALS.bothLengths
    if ((this.#said & HAS_LENGTH) !== 0) return REFUSALS.contentLengthDoubled
    if (!isDigits(value) || hasTabBehind(text, valueEnd)) return REFUSALS.contentLength
    const length = Number(value)
    if (value.length > SAFE_DIGITS && !Number.isSafeInteger(length)) return REFUSALS.contentLengthTooLarge
    this.#said |= HAS_LENGTH
    this.length = length
    return null
  }

  /**
   * RFC 9112 §6.1: `chunked`, once, alone. Other codings are valid HTTP that we don't speak (501), unless `chunked` is
   * not the last of them, so that nobody could know where the body ends. Security: a tab behind it, see above.
   */
  #noteTransferEncoding(value: string, text: string, valueEnd: number): Refusal | null {
    if ((this.#said & HAS_LENGTH) !== 0) return REFUSALS.bothLengths
    if ((this.#said & IS_CHUNKED) !== 0 || hasTabBehind(text, valueEnd)) return REFUSALS.transferCoding
    const codings = membersOf(value)
    if (codings.indexOf('chunked') !== codings.length - 1) return REFUSALS.transferCoding
    if (codings.length > 1) return REFUSALS.otherTransferCoding
    this.#said |= IS_CHUNKED
    return null
  }
}

/**
 * Perf: most names of the same length differ in the first letter; no string is made for those, nor for the two ways in
 * which nearly all clients write the others.
 */
function is(name: string, known: string, usual: string): boolean {
  if ((name.charCodeAt(0) | 0x20) !== known.charCodeAt(0)) return false
  return name === known || name === usual || name.toLowerCase() === known
}

function isDigits(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 0x30 || code > 0x39) return false
  }
  return value !== ''
}

function hasTabBehind(text: string, valueEnd: number): boolean {
  for (let at = valueEnd; text.charCodeAt(at) !== CR; at++) {
    if (text.charCodeAt(at) === HTAB) return true
  }
  return false
}

/** The members of a comma-separated list, in lower case (RFC 9110 §5.6.1); empty ones stay. */
function membersOf(list: string): string[] {
  return list.split(',').map((member) => member.replaceAll(/^[\t ]+|[\t ]+$/g, '').toLowerCase())
}

function join(list: string | undefined, value: string): string {
  return list === undefined ? value : `${list}, ${value}`
}
