import { channel } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { dropRequest } from '../../messages/carried-request.js'
import { closeSoon, drain, emitClose, emitFinish, emitPrefinish } from '../../messages/carried-response.js'
import type { OutgoingState } from '../../messages/node-state.js'
import { abortedError } from '../aborted-error.js'

/*
 * The answers of one connection, in the order of their requests (RFC 9112 §9.3.2). The first that is not written yet
 * has the socket, as `res.socket`; those behind it keep what they write until it is their turn.
 *
 * Runs for each answer: no closure, no timer. An answer that was sent whole costs one write with a callback that all of
 * the connection share (bench/run.mjs hello).
 */

const responseFinish = channel('http.server.response.finish')

/** Parity: on Node 20 a response that waits for its turn never learns that its connection is lost. */
const TELLS_WAITING = Number.parseInt(process.versions.node, 10) > 20

/** Requests of one connection that are handled at a time. */
const MOST_AT_A_TIME = 32

/** A socket that knows the response it has, under the name that programs look for. */
type BusySocket = Socket & { _httpMessage?: OutgoingState | null }

/** What the connection does when an answer is over. */
export interface AnswersOwner {
  readonly server: unknown
  /** An answer has left, and the connection goes on. */
  onAnswered(): void
  /** The last answer was written: nothing that comes now is a request. */
  onLastWritten(): void
  /** Bytes that waited have been written, or more wait. */
  onPendingChange(): void
}

export class Answers {
  readonly #socket: BusySocket
  readonly #owner: AnswersOwner
  /** Responses that have not left. */
  readonly #open: OutgoingState[] = []
  /** Those of them that were sent whole. */
  readonly #whole: OutgoingState[] = []
  /** The place of the first open one that is not written yet. */
  #turn = 0
  /** The last answer is written: those behind it get no turn. */
  #isOver = false
  /** Whether the connection gathers answers, to write them at once. */
  isCorked = false
  /** Bytes that wait for their turn. */
  #pending = 0

  constructor(socket: Socket, owner: AnswersOwner) {
    this.#socket = socket
    this.#owner = owner
  }

  /** How many have not left yet. */
  get count(): number {
    return this.#open.length
  }

  /** How many are not written yet. */
  get unwritten(): number {
    return this.#open.length - this.#turn
  }

  /** The one that has the socket. */
  get current(): OutgoingState | undefined {
    return this.#isOver ? undefined : this.#open[this.#turn]
  }

  /** The one that leaves next. */
  get first(): OutgoingState | undefined {
    return this.#open[0]
  }

  get last(): OutgoingState | undefined {
    return this.#open.at(-1)
  }

  /** Whether so much waits to be written that no further request is to be handled now. */
  get isFull(): boolean {
    const socket = this.#socket
    if (this.#open.length === 0) return false
    return (
      this.unwritten >= MOST_AT_A_TIME ||
      socket.writableNeedDrain ||
      this.#pending > socket.writableHighWaterMark
    )
  }

  add(res: OutgoingState): void {
    this.#open.push(res)
    if (this.current === res) this.#assign(res)
    else res._onPendingData = this.#onPending
  }

  isTurnOf(res: ServerResponse): boolean {
    return this.current === res && this.#socket.writable
  }

  sendWhole(res: OutgoingState, head: string, body: string | Uint8Array | null): void {
    const socket = this.#socket
    this.#whole.push(res)
    if (body === null) socket.write(head, 'latin1', this.#onSent)
    else if (typeof body === 'string') socket.write(head + body, 'utf8', this.#onSent)
    else {
      socket.cork()
      socket.write(head, 'latin1')
      socket.write(body, this.#onSent)
      socket.uncork()
    }
    // As in node: an answer that has ended leaves, whoever held the socket back.
    while (socket.writableCorked > (this.isCorked ? 1 : 0)) socket.uncork()
    // Parity: behind the write, so who destroys the response then is too late, and it is not finished yet.
    emitPrefinish(res)
    this.#nextTurn(res)
  }

  /** node's methods have written all of an answer. */
  endAnswer(res: OutgoingState): void {
    res.prependOnceListener('finish', () => this.#settle(res))
    if (this.current === res) this.#nextTurn(res)
  }

  /** The socket takes more. */
  drain(): void {
    const res = this.current
    if (res !== undefined) drain(res)
  }

  /** The connection is lost. As node:http has it: first all requests learn of it, then their responses. */
  abort(): void {
    const open = this.#open.splice(0)
    this.#whole.length = 0
    this.#turn = 0
    for (const res of open) res.req.destroy(abortedError())
    for (const res of open) {
      if (res.socket) emitClose(res)
      else if (TELLS_WAITING) res.destroy(abortedError())
    }
    if (this.#socket._httpMessage) this.#socket._httpMessage = null
  }

  /** An answer that was sent whole has left. */
  readonly #onSent = (error?: Error | null): void => {
    const res = this.#whole.shift()
    // The end of the connection says the rest.
    if (error || res === undefined) return
    this.#settle(res)
    emitFinish(res)
  }

  readonly #onPending = (bytes: number): void => {
    this.#pending += bytes
    this.#owner.onPendingChange()
  }

  #settle(res: OutgoingState): void {
    const socket = this.#socket
    const index = this.#open.indexOf(res)
    if (index === -1) return
    if (index === 0) this.#open.shift()
    else this.#open.splice(index, 1)
    if (index < this.#turn) this.#turn--
    const { req } = res
    if (responseFinish.hasSubscribers) {
      responseFinish.publish({ request: req, response: res, socket, server: this.#owner.server })
    }
    dropRequest(req)
    setSocket(res, null)
    if (socket._httpMessage === res) socket._httpMessage = null
    closeSoon(res)
    if (!res._last) this.#owner.onAnswered()
    else if (typeof socket.destroySoon === 'function') socket.destroySoon()
    else socket.end()
  }

  #nextTurn(ended: OutgoingState): void {
    this.#turn++
    if (ended._last) {
      // RFC 9112 §9.6: what was asked after it is not answered, even if this one is slow to leave.
      this.#isOver = true
      this.#owner.onLastWritten()
      return
    }
    const next = this.#open[this.#turn]
    if (next !== undefined) this.#assign(next)
  }

  /** Lets a response write to the socket, and writes what it has. */
  #assign(res: OutgoingState): void {
    const socket = this.#socket
    socket._httpMessage = res
    setSocket(res, socket)
    if (res._eventsCount !== 0) res.emit('socket', socket)
    if (res.outputData.length !== 0 || res.finished) res._flush()
  }
}

/** To node's types it is read-only. */
function setSocket(res: OutgoingState, socket: Socket | null): void {
  ;(res as { socket: Socket | null }).socket = socket
}
