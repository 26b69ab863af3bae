import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/*
 * How an answer ends: all of it was handed over, or it never will be. As Nozomi tells it of its own.
 */

export interface Answer {
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

/** Told of one answer, once. */
export interface AnswerEnd {
  sent(): void
  /** The connection went away before. */
  lost(): void
}

/** Never, of a response made by tools that is no emitter of events. */
export function onAnswerEnd(req: IncomingMessage, res: ServerResponse, end: AnswerEnd): void {
  if (typeof res.on !== 'function') return
  if (res.writableFinished) return end.sent()
  if (res.destroyed || (res.socket ?? req.socket)?.destroyed) return end.lost()
  // A response that waits behind another one on its connection (pipelining) does not hear that it was lost.
  const waiters = res.socket === null && typeof req.socket?.on === 'function' ? waitersOf(req.socket) : null
  function stop(): void {
    res.removeListener('finish', finished)
    res.removeListener('close', closed)
    waiters?.delete(closed)
  }
  function finished(): void {
    stop()
    end.sent()
  }
  function closed(): void {
    stop()
    end.lost()
  }
  res.on('finish', finished)
  res.on('close', closed)
  waiters?.add(closed)
}

/** Those who watch a connection; it has one listener for all of them, however many requests wait on it. */
const waiting = new WeakMap<Socket, Set<() => void>>()

function waitersOf(connection: Socket): Set<() => void> {
  const known = waiting.get(connection)
  if (known !== undefined) return known
  const waiters = new Set<() => void>()
  waiting.set(connection, waiters)
  connection.once('close', () => {
    for (const closed of waiters) closed()
  })
  return waiters
}
