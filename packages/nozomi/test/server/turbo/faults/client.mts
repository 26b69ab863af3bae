import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'

/** Longer than anything takes; what has not come by then does not come. */
const LIMIT_MS = 10_000

/** A connection on which a test sends bytes as it likes, and looks at what comes back. */
export class Client {
  readonly socket: Socket
  /** What carries the bytes; over TLS it is below the socket. */
  readonly #transport: Socket
  /** All that came back. */
  received = ''
  isClosed = false

  static async open(port: number, { isSecure = false } = {}): Promise<Client> {
    const transport = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(transport, 'connect')
    if (!isSecure) return new Client(transport, transport)
    const socket = connectSecurely({ socket: transport, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    return new Client(socket, transport)
  }

  private constructor(socket: Socket, transport: Socket) {
    this.socket = socket
    this.#transport = transport
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => (this.received += text))
    // A reset is a close as well.
    socket.on('error', () => {})
    socket.on('close', () => (this.isClosed = true))
  }

  send(bytes: string | Buffer): this {
    this.socket.write(bytes, 'latin1')
    return this
  }

  /** Takes the connection away, without a word to the server's TLS. */
  reset(): void {
    this.#transport.resetAndDestroy()
  }

  /** Waits until this has come, and gives all that has come. */
  async until(wanted: string | (() => boolean)): Promise<string> {
    await eventually(typeof wanted === 'string' ? () => this.received.includes(wanted) : wanted, () => {
      return `${String(wanted)} did not come, but ${JSON.stringify(this.received.slice(-500))}`
    })
    return this.received
  }

  /** Waits until the server has closed the connection, and gives all that has come. */
  async end(): Promise<string> {
    await eventually(
      () => this.isClosed,
      () => `the connection stays open after ${JSON.stringify(this.received.slice(-500))}`,
    )
    return this.received
  }
}

/** Sends all of it at once, and gives what comes until the server closes the connection. */
export async function tell(port: number, bytes: string | Buffer): Promise<string> {
  const client = await Client.open(port)
  return client.send(bytes).end()
}

/** Waits until something holds: for what no event tells. */
export async function eventually(holds: () => boolean | Promise<boolean>, otherwise?: () => string) {
  const deadline = Date.now() + LIMIT_MS
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(otherwise?.() ?? `${String(holds)} does not come true`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

export function head(line: string, ...fields: string[]): string {
  return [`${line} HTTP/1.1`, 'Host: x', ...fields, '', ''].join('\r\n')
}
