import { EventEmitter } from 'node:events'
import { ServerResponse } from 'node:http'
import { formatHead, hasPlainHead } from './answer-head.js'
import { carrier, type Carried, type Carrier } from './carrier.js'
import { fieldsToSend } from './node-fields.js'
import {
  corksCountSocket,
  endCallbacks,
  needsDrain,
  type OutgoingState,
  writableFinished,
} from './node-state.js'

/*
 * A response that a carrier takes away. An answer whose body is known is handed over whole; any other is written by
 * node's own methods.
 *
 * Runs for each answer: no closure, no event that nobody hears. Watched by bench/run.mjs hello.
 */

type Response = OutgoingState & Carried

const node = ServerResponse.prototype as OutgoingState
const { end: nodeEnd } = node
/** Agents replace that of ServerResponse, before anything else is loaded, to hear of 'finish' and 'close'. */
const { emit: nodeEmit } = EventEmitter.prototype

/**
 * Sends all of an answer, if it can be sent so. False when node must do it; then nothing has happened that node
 * would not have done.
 */
export function sendWhole(message: ServerResponse, chunk: unknown, encoding: unknown): boolean {
  const res = message as Response
  const carriedBy = res[carrier]
  if (!carriedBy || res._headerSent || res.finished || res.destroyed || res.strictContentLength) return false
  if (!carriedBy.isTurnOf(res) || isCorked(res, carriedBy) || node.end !== nodeEnd) return false
  // A callback: node keeps those.
  if (typeof chunk === 'function' || typeof encoding === 'function') return false
  const length = lengthOf(chunk, encoding)
  if (length < 0) return false
  const head = res._header === null ? headOf(res, carriedBy, length) : res._header
  if (head === null || res.chunkedEncoding || res.finished || res.destroyed) return false
  if (res.outputData.length !== 0 || !carriedBy.isTurnOf(res)) return false
  res._headerSent = true
  res.finished = true
  const body = res._hasBody && length !== 0 ? (chunk as string | Uint8Array) : null
  carriedBy.sendWhole(res, head, body)
  return true
}

/** Whether a handler holds the answer back. */
function isCorked(res: Response, carriedBy: Carrier): boolean {
  const corks = res.writableCorked
  return corks !== 0 && !(corks === 1 && corksCountSocket && carriedBy.isGathering)
}

/** The bytes of a body; -1 of what is none, or is not written as UTF-8. */
function lengthOf(chunk: unknown, encoding: unknown): number {
  if (typeof chunk === 'string') {
    if (encoding !== undefined && encoding !== null && encoding !== 'utf8' && encoding !== 'utf-8') return -1
    return Buffer.byteLength(chunk)
  }
  if (chunk === undefined || chunk === null) return 0
  return chunk instanceof Uint8Array ? chunk.byteLength : -1
}

/** Writes the head, by whoever wants to see it written. */
function headOf(res: Response, carriedBy: Carrier, length: number): string | null {
  if (hasPlainHead(res)) {
    const persistence = carriedBy.persistence(res)
    const fields = fieldsToSend(res)
    const head =
      persistence === null || fields === undefined ? null : formatHead(res, fields, persistence, length)
    if (head !== null) return (res._header = head)
  }
  res._contentLength = length
  res._implicitHeader()
  return res._header
}

/** All of an answer was handed over: 'prefinish', and what node tells perf_hooks and tracing. */
export function emitPrefinish(message: ServerResponse): void {
  node._finish.call(message as Response)
}

/** What carries the response takes more: 'drain', for a response that was told to wait. */
export function drain(message: ServerResponse): void {
  const res = message as Response & Record<symbol, boolean>
  if (needsDrain === null || res.finished || !res[needsDrain] || res.writableLength !== 0) return
  res[needsDrain] = false
  res.emit('drain')
}

/** An answer that was sent whole has left: 'finish'. */
export function emitFinish(message: ServerResponse): void {
  const res = message as Response & Record<symbol, unknown>
  if (writableFinished !== null) res[writableFinished] = true
  if (endCallbacks !== null && res[endCallbacks] !== null) callBack(res, endCallbacks)
  if (res._eventsCount !== 0 || res.emit !== nodeEmit) res.emit('finish')
}

function callBack(res: Record<symbol, unknown>, waiting: symbol): void {
  const callbacks = res[waiting] as ((error: null) => void)[]
  res[waiting] = null
  for (const callback of callbacks) callback(null)
}

/** The exchange is over: 'close', in a later turn, as node has it. Who comes to listen until then still hears of it. */
export function closeSoon(message: ServerResponse): void {
  process.nextTick(emitClose, message)
}

export function emitClose(message: ServerResponse): void {
  const res = message as Response
  if (res._closed) return
  res.destroyed = true
  res._closed = true
  res.emit('close')
}
