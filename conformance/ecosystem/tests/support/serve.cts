import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** An Express application, or an `http.Server` around one. */
export interface Listenable {
  listen(port: number, host: string): Server
}

/** Listens on a free port until the test ends. Gives the origin, such as `http://127.0.0.1:40001`. */
export function serve(t: TestContext, app: Listenable): Promise<string> {
  return serveOn(t, app.listen(0, '127.0.0.1'))
}

/** The same for a server that was told to listen. At the end upgraded connections are cut too. */
export async function serveOn(t: TestContext, server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  t.after(async () => {
    const closed = new Promise<void>((done) => server.close(() => done()))
    for (const socket of sockets) socket.destroy()
    await closed
  })
  if (!server.listening) await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
