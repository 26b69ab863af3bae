import type { Socket } from 'node:net'
import { completeRequest } from '../../messages/carried-request.js'
import type { Request } from './messages.js'
import type { HttpServer } from './service.js'

/*
 * CONNECT and Upgrade (RFC 9110 §9.3.6, §7.8): the connection speaks another protocol from here on.
 */

/** Whether the server wants the connection of this request. A CONNECT that nobody wants is refused by closing. */
export function takesUpgrade(server: HttpServer, req: Request): boolean {
  const { shouldUpgradeCallback } = server
  const takes =
    req.method === 'CONNECT' ||
    Boolean(
      shouldUpgradeCallback ? shouldUpgradeCallback.call(server, req) : server.listenerCount('upgrade') > 0,
    )
  req.upgrade = takes
  return takes
}

/** Gives the socket to whoever listens, and the bytes that were read beyond the head. */
export function handOver(server: HttpServer, req: Request, socket: Socket, head: Buffer): void {
  completeRequest(req)
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade'
  if (server.listenerCount(event) === 0) {
    socket.destroy()
    return
  }
  socket.setEncoding = (Object.getPrototypeOf(socket) as Socket).setEncoding
  ;(socket as { readableFlowing: boolean | null }).readableFlowing = null
  // Parity: whoever takes it over finds the time-out of the server set.
  if (server.timeout > 0 && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout)
  server.emit(event, req, socket, head)
}
