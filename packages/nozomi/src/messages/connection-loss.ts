import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/*
 * The client has gone, or the response is over: whoever still has something to send must stop and let go of it.
 */

/**
 * Whether nothing that is written would still reach anybody. A response that waits behind another one on its connection
 * (pipelining) has no socket yet: then the request's tells.
 */
export function isOver(req: IncomingMessage, res: ServerResponse): boolean {
  return res.destroyed || res.writableEnded || (res.socket ?? req.socket)?.writable === false
}

/**
 * Calls back once when the response is closed: after it was sent, or because the connection was lost.
 *
 * A response that waits behind another one never hears that it was closed, so for this one the connection itself is
 * watched.
 *
 * @returns stops watching
 */
export function onClosed(req: IncomingMessage, res: ServerResponse, closed: () => void): () => void {
  // Tools that serve without a socket may have something else in its place.
  const connection = res.socket || typeof req.socket?.on !== 'function' ? null : req.socket
  function stop() {
    res.removeListener('close', once)
    if (connection !== null) waiting.get(connection)?.delete(once)
  }
  function once() {
    stop()
    closed()
  }
  res.on('close', once)
  if (connection !== null) waitersOf(connection).add(once)
  return stop
}

/** Those who watch a connection; it has one listener for all of them, however many requests wait on it. */
const waiting = new WeakMap<Socket, Set<() => void>>()

function waitersOf(connection: Socket): Set<() => void> {
  let waiters = waiting.get(connection)
  if (waiters === undefined) {
    const all = new Set<() => void>()
    waiters = all
    waiting.set(connection, all)
    connection.once('close', () => {
      for (const closed of all) closed()
    })
  }
  return waiters
}
