import { connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** A connection whose bytes the test writes itself. */
export interface Conversation {
  socket: Socket
  /** All that came so far. */
  received(): string
  /** Waits until what came matches; fails when the connection closes before. */
  until(pattern: RegExp): Promise<void>
  /** Settles when the connection is closed, whoever closed it. */
  closed: Promise<void>
}

/** `keepsSending`: the client does not close its own side when the server closes its. */
export function converse(t: TestContext, port: number, keepsSending = false): Conversation {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: keepsSending })
  let received = ''
  let isClosed = false
  socket.on('data', (chunk) => void (received += chunk.toString('latin1')))
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  void closed.then(() => void (isClosed = true))
  t.after(() => socket.destroy())
  return {
    socket,
    received: () => received,
    closed,
    async until(pattern) {
      while (!pattern.test(received)) {
        if (isClosed) throw new Error(`the connection was closed before ${pattern} came: ${received}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
  }
}

/** Goes on sending until `bytes` are sent, or the connection is closed. Gives how many the system took. */
export async function flood(socket: Socket, bytes: number, frame: (data: Buffer) => Buffer): Promise<number> {
  const data = frame(Buffer.alloc(64 * 1024, 'x'))
  let sent = 0
  while (sent < bytes && !socket.destroyed && socket.writable) {
    sent += data.length
    if (socket.write(data)) continue
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve)
      socket.once('close', () => resolve())
    })
  }
  return sent
}

export function head(fields: Record<string, string | number>): string {
  const lines = Object.entries({ Host: 'x', ...fields }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST / HTTP/1.1\r\n${lines.join('')}\r\n`
}

export function chunkOf(data: Buffer | string): Buffer {
  const bytes = Buffer.from(data)
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}
