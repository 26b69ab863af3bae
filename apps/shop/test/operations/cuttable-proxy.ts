import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A wire to a real server that a test can cut and mend. */
export class CuttableProxy {
  readonly #target: { readonly host: string; readonly port: number }
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #isSilent = false
  #port = 0

  constructor(url: string, defaultPort: number) {
    const { hostname, port } = new URL(url)
    this.#target = { host: hostname, port: port === '' ? defaultPort : Number(port) }
  }

  /** The same address, by way of the wire. */
  through(url: string): string {
    const changed = new URL(url)
    changed.hostname = '127.0.0.1'
    changed.port = String(this.#port)
    return changed.href
  }

  /** Connections are possible; as before, at the same port. */
  async mend(): Promise<void> {
    this.#isSilent = false
    const server = createServer((socket) => this.#join(socket)).listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
  }

  /** All connections break, and new ones are refused. */
  async cut(): Promise<void> {
    const server = this.#server
    this.#server = null
    const closed = new Promise((resolve) => server?.close(resolve) ?? resolve(null))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  /** Nothing comes through any more, and nobody says so: what a lost network looks like. */
  silence(): void {
    this.#isSilent = true
  }

  #join(near: Socket): void {
    const far = connect(this.#target)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from)
      from.on('data', (chunk) => {
        if (!this.#isSilent) to.write(chunk)
      })
      from.on('error', () => {})
      from.once('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
    }
  }
}
