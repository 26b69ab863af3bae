import type { Server as HttpServer } from 'node:http'
import type { Server as GrpcServer } from '@grpc/grpc-js'

/** How often connections that have become idle are closed while the rest finish. */
const IDLE_SWEEP_MS = 50

/** Takes no new connections, lets what is being answered finish, and closes what is left after `limitMs`. */
export async function stopHttp(server: HttpServer, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  const limit = setTimeout(() => server.closeAllConnections(), limitMs)
  await closed
  clearInterval(sweep)
  clearTimeout(limit)
}

/** The same for gRPC: clients are told (GOAWAY) to make their next calls elsewhere. */
export async function stopGrpc(server: GrpcServer, limitMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const limit = setTimeout(() => {
      server.forceShutdown()
      resolve()
    }, limitMs)
    server.tryShutdown(() => {
      clearTimeout(limit)
      resolve()
    })
  })
}
