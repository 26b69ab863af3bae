import type { Server } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** How often connections that have become idle are closed while the rest finish. */
const IDLE_SWEEP_MS = 50
/**
 * Longer than balancers keep theirs (nginx: 60 s): a connection should be closed by the side that sends requests. The
 * other one may close it while a request is on its way.
 */
const KEEP_ALIVE_MS = 65_000

/**
 * A server that can be stopped without losing a request.
 *
 * node's own `close` closes idle connections at once; a client that has just sent its next request on one of them
 * loses it (about 1 in 1,000 under load). Here they stay open for a grace: what comes on them is answered, with
 * `Connection: close` (http/draining.ts), so that they end by themselves.
 */
export class StoppableServer {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  /** To be made before the first connection. */
  constructor(server: Server) {
    this.#server = server
    server.keepAliveTimeout = KEEP_ALIVE_MS
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  /**
   * Takes no new connections, lets what is being answered finish, closes idle connections after `graceMs`, and what is
   * left after `limitMs`. Resolves when all are closed.
   */
  async close(graceMs: number, limitMs: number): Promise<void> {
    const server = this.#server
    // That of node:net, which closes no connections.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
    const ended = new AbortController()
    const cut = after(limitMs, ended.signal, () => this.#destroyAll())
    const sweep = after(graceMs, ended.signal, async () => {
      while (!ended.signal.aborted) {
        this.#closeIdle()
        await setTimeout(IDLE_SWEEP_MS, undefined, { signal: ended.signal })
      }
    })
    await closed
    ended.abort()
    await Promise.all([cut, sweep])
    // Lets go of what node:http has beside the connections.
    server.close()
  }

  #closeIdle(): void {
    this.#server.closeIdleConnections()
    // Browsers open connections in advance. For node those are busy: they could be sending a request, slowly.
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy()
  }

  /** Those that became something else (WebSocket) too. */
  #destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}

/** Acts after a while, unless the signal comes first. */
async function after(ms: number, signal: AbortSignal, act: () => void | Promise<void>): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal })
    await act()
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
