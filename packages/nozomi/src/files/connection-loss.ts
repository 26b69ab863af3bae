import type { IncomingMessage, ServerResponse } from 'node:http'

/*
 * The client has gone, or the response is over: whoever still has something to send must stop and let go of it.
 */

/** Whether nothing that is written would still reach anybody. */
export function isOver(res: ServerResponse): boolean {
  const { socket } = res
  return res.destroyed || res.writableEnded || (!!socket && !socket.writable)
}

/**
 * Calls back once when the response is closed: after it was sent, or because the connection was lost.
 *
 * A response that waits behind another one on its connection (pipelining) has no socket yet, and never hears that it
 * was closed. So in this case the connection itself is watched.
 *
 * @returns stops watching
 */
export function onClosed(req: IncomingMessage, res: ServerResponse, closed: () => void): () => void {
  const connection = res.socket ? null : req.socket
  function stop() {
    res.removeListener('close', once)
    connection?.removeListener('close', once)
  }
  function once() {
    stop()
    closed()
  }
  res.on('close', once)
  connection?.on('close', once)
  return stop
}
