import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/*
 * Frames of HTTP/2 by hand (RFC 9113 §4, §6), for what no honest client sends.
 */

export const FRAME = {
  DATA: 0x0,
  HEADERS: 0x1,
  RST_STREAM: 0x3,
  SETTINGS: 0x4,
  PING: 0x6,
  GOAWAY: 0x7,
  WINDOW_UPDATE: 0x8,
  CONTINUATION: 0x9,
} as const

export const FLAG = { END_STREAM: 0x1, ACK: 0x1, END_HEADERS: 0x4 } as const

export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** RFC 7541 §6.2.2: fields that nobody is to remember. Names and values up to 126 bytes. */
export function headerBlock(fields: Record<string, string>): Buffer {
  const parts: Buffer[] = []
  for (const [name, value] of Object.entries(fields)) {
    parts.push(Buffer.from([0, name.length]), Buffer.from(name))
    parts.push(Buffer.from([value.length]), Buffer.from(value))
  }
  return Buffer.concat(parts)
}

export const GET = headerBlock({
  ':method': 'GET',
  ':scheme': 'http',
  ':path': '/',
  ':authority': 'a.example',
})

export function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export interface ReceivedFrame {
  type: number
  flags: number
  stream: number
  payload: Buffer
}

/** A connection that has said its preface. */
export interface RawConnection {
  socket: Socket
  frames: ReceivedFrame[]
  isClosed: boolean
  closed: Promise<void>
  send(...frames: Buffer[]): void
  /** Waits for a frame of this type. */
  frame(type: number): Promise<ReceivedFrame>
}

export async function connectRaw(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let rest = Buffer.alloc(0)
  const waiting: (() => void)[] = []
  const wake = (): void => {
    for (const one of waiting.splice(0)) one()
  }
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const connection: RawConnection = {
    socket,
    frames: [],
    isClosed: false,
    closed,
    send: (...frames) => {
      if (socket.writable) socket.write(Buffer.concat(frames))
    },
    async frame(type) {
      for (;;) {
        const found = connection.frames.find((one) => one.type === type)
        if (found) return found
        if (connection.isClosed)
          throw new Error(`the connection is closed, and no frame of type ${type} came`)
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
  }
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes])
    while (rest.length >= 9) {
      const length = rest.readUIntBE(0, 3)
      if (rest.length < 9 + length) break
      connection.frames.push({
        type: rest[3] as number,
        flags: rest[4] as number,
        stream: rest.readUInt32BE(5),
        payload: rest.subarray(9, 9 + length),
      })
      rest = rest.subarray(9 + length)
    }
    wake()
  })
  socket.on('close', () => {
    connection.isClosed = true
    wake()
  })
  socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(FRAME.SETTINGS, 0, 0)]))
  await connection.frame(FRAME.SETTINGS)
  return connection
}

/** The code that a GOAWAY or RST_STREAM frame carries. */
export function codeOf({ type, payload }: ReceivedFrame): number {
  return payload.readUInt32BE(type === FRAME.GOAWAY ? 4 : 0)
}
