import type { HungIgnore } from '../types/watch.js'
import type { ObservedRequest } from '../types/events.js'
import { isExpectedLong } from './expect-long.js'
import { isAlive, type Work } from './live-work.js'
import { pairsOf } from './head-arguments.js'
import type { RequestState } from './request-state.js'

/*
 * What tells a request that waits from one that hangs. Whoever waits has something that will call it back: a timer, a
 * connection, a client that is slow to send or to take. Whoever hangs has nothing.
 */

/** What is read of node's messages; a carrier may lack some of it. */
interface Message {
  upgrade?: unknown
  complete?: unknown
  readableFlowing?: unknown
  listenerCount?: (event: string) => number
  writableLength?: unknown
  writableNeedDrain?: unknown
}

/** Answers that are open as long as the client likes. */
const ENDLESS_TYPES = /^(?:text\/event-stream|multipart\/x-mixed-replace)\b/i

/** Whether a request may be without an answer, however old it is. */
export function waitsOnPurpose(
  request: RequestState,
  isIgnored: (req: ObservedRequest, url: string) => boolean,
): boolean {
  const { req, res } = request
  if (isExpectedLong(req) || isUpgrade(request) || isIgnored(req, request.url)) return true
  // It is answered, and the client is slow to take it.
  if (res.writableEnded) return true
  return res.headersSent && (isEndless(request) || isClientSlow(res as Message))
}

/** Nozomi's hand a body over without a sign of it on the stream. */
const BODY_PARSERS = /^(?:json|urlencoded|raw|text)Parser$/

/** Whether a part of the request is still to come, and somebody reads it. */
export function isUploading({ req, current }: RequestState): boolean {
  const message = req as Message
  if (message.complete !== false) return false
  if (message.readableFlowing === true) return true
  const count = (event: string): number => message.listenerCount?.call(req, event) ?? 0
  if (count('readable') > 0) return true
  return message.readableFlowing !== false && current !== null && BODY_PARSERS.test(current.name)
}

/** Whether something that was started for it may still call back. */
export function hasLiveWork(works: Iterable<Work>, now: number, quietMs: number): boolean {
  for (const work of works) if (isAlive(work, now, quietMs)) return true
  return false
}

function isUpgrade({ req, res, method }: RequestState): boolean {
  return (req as Message).upgrade === true || res.statusCode === 101 || method === 'CONNECT'
}

function isEndless({ res, headArguments }: RequestState): boolean {
  const { getHeader } = res as { getHeader?: (name: string) => unknown }
  const set = typeof getHeader === 'function' ? getHeader.call(res, 'Content-Type') : undefined
  if (typeof set === 'string') return ENDLESS_TYPES.test(set)
  return headArguments !== null && ENDLESS_TYPES.test(typeInHead(headArguments))
}

function typeInHead(head: readonly unknown[]): string {
  const type = pairsOf(head.at(-1)).find(([name]) => name.toLowerCase() === 'content-type')
  return String(type?.[1] ?? '')
}

function isClientSlow(res: Message): boolean {
  return res.writableNeedDrain === true || (typeof res.writableLength === 'number' && res.writableLength > 0)
}

/** The patterns of `hung.ignore`, as one question. */
export function compileIgnored(
  ignore: readonly HungIgnore[] = [],
): (req: ObservedRequest, url: string) => boolean {
  const questions = ignore.map(compileOne)
  return (req, url) => questions.some((asks) => asks(req, url))
}

function compileOne(one: HungIgnore): (req: ObservedRequest, url: string) => boolean {
  if (typeof one === 'function') return (req) => one(req)
  if (one instanceof RegExp) {
    const pattern = new RegExp(one.source, one.flags.replaceAll(/[gy]/g, ''))
    return (_req, url) => pattern.test(pathOf(url))
  }
  const base = one.length > 1 && one.endsWith('/') ? one.slice(0, -1) : one
  return (_req, url) => pathOf(url) === base || pathOf(url).startsWith(base === '/' ? '/' : `${base}/`)
}

function pathOf(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}
