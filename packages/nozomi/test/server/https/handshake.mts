import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import type { TestContext } from 'node:test'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'

/** A server that listens until the test ends. */
export async function started<One extends Server>(t: TestContext, server: One): Promise<One> {
  if (!server.listening) {
    if (server.address() === null) server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  t.after(() => {
    ;(server as { closeAllConnections?(): void }).closeAllConnections?.()
    server.close()
  })
  return server
}

/** Connects, and gives the name in the certificate that the server shows. */
export async function certificateOf(server: Server, servername = 'localhost'): Promise<string> {
  const socket = await connected(server, { servername, rejectUnauthorized: false })
  const { subject } = socket.getPeerCertificate()
  socket.destroy()
  return subject.CN as string
}

export async function connected(server: Server, options: ConnectionOptions): Promise<TLSSocket> {
  const { port } = server.address() as AddressInfo
  const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ...options })
  await once(socket, 'secureConnect')
  socket.on('error', () => {})
  return socket
}
