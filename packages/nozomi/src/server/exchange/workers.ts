import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/*
 * What is otherwise in Cloudflare Workers (workerd), whose node:http has messages of its own: no connection stands behind
 * them, and a response is on its way to be a `Response` from the moment it is made. `node scripts/runtimes.mjs` tests it.
 */

/** A request there takes no socket when it is made, but by the old name of it. */
export function giveSocket(req: IncomingMessage, socket: Socket): void {
  ;(req as { connection: Socket }).connection = socket
}

/** Nobody waits for the `Response` that a response there would become: it would fail, unheard, when this one is closed. */
export function takeFromWorkers(res: ServerResponse): void {
  if (res.listenerCount('_headersSent') === 0) return
  res.removeAllListeners()
  // Set for every response, where node's has none until its head is written.
  if (res.statusMessage === 'unknown') res.statusMessage = ''
}
