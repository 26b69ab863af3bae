import type { Server } from 'node:http'

/** How often connections that have become idle are closed while the rest finish. */
const IDLE_SWEEP_MS = 50

/**
 * Stops a server: takes no new connections, lets what is being answered finish, and closes what is left after
 * `limitMs`. Resolves when all connections are closed.
 */
export async function stopServer(server: Server, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  const limit = setTimeout(() => server.closeAllConnections(), limitMs)
  await closed
  clearInterval(sweep)
  clearTimeout(limit)
}
