import { Buffer } from 'node:buffer'
import { Writable } from 'node:stream'

/*
 * What the Node.js runtime of AWS does with a handler that streams, as far as one can see it from there: the global
 * `awslambda`; a stream that is an object with some members of node's; and a head that leaves before the first piece that
 * is written, with eight zero bytes behind it.
 */

type Hook = (write: (bytes: Uint8Array | string) => void) => void
type Streaming = (event: unknown, stream: object, context: unknown) => Promise<void>

const MEMBERS = ['write', 'end', 'destroy', 'on', 'once', 'off', 'removeListener', 'emit'] as const

export const awslambda = {
  streamifyResponse: (handler: Streaming) => handler,
  HttpResponseStream: {
    from(stream: { setContentType(type: string): void; _onBeforeFirstWrite: Hook }, head: object) {
      stream.setContentType('application/vnd.awslambda.http-integration-response')
      stream._onBeforeFirstWrite = (write) => {
        write(JSON.stringify(head))
        write(new Uint8Array(8))
      }
      return stream
    },
  },
}

export interface Streamed {
  type: string
  head: any
  body: Buffer
  /** What was written, one entry a write. */
  pieces: Buffer[]
  isEnded: boolean
  /** What the handler was rejected with. */
  error: any
}

/** Calls a handler as the runtime does. `onPiece` may wait: the function then is not read from. */
export async function invoke(
  handler: unknown,
  event: unknown,
  {
    context = {},
    onPiece,
    gone,
  }: { context?: object; onPiece?: () => Promise<void>; gone?: Promise<void> } = {},
): Promise<Streamed> {
  const pieces: Buffer[] = []
  const streamed: Streamed = {
    type: '',
    head: null,
    body: Buffer.alloc(0),
    pieces,
    isEnded: false,
    error: null,
  }
  let hook: Hook | null = null
  let isFirst = true
  const inner = new Writable({
    highWaterMark: 1000,
    async write(bytes: Buffer, _encoding, callback) {
      await onPiece?.()
      pieces.push(Buffer.from(bytes))
      callback()
    },
    final(callback) {
      streamed.isEnded = true
      callback()
    },
  })
  const write = inner.write.bind(inner)
  inner.write = ((bytes: Uint8Array, ...more: never[]) => {
    if (isFirst) hook?.((before) => void write(before))
    isFirst = false
    return write(bytes, ...more)
  }) as never
  void gone?.then(() => inner.destroy())
  const stream = {
    get writableFinished() {
      return inner.writableFinished
    },
    set _onBeforeFirstWrite(value: Hook) {
      hook = value
    },
    setContentType(type: string) {
      streamed.type = type
    },
  }
  for (const name of MEMBERS) Object.assign(stream, { [name]: inner[name].bind(inner) })
  try {
    await (handler as Streaming)(event, stream, context)
  } catch (error) {
    streamed.error = error
  }
  const bytes = Buffer.concat(pieces)
  const end = bytes.indexOf(Buffer.alloc(8))
  if (end !== -1) {
    streamed.head = JSON.parse(bytes.subarray(0, end).toString())
    streamed.body = bytes.subarray(end + 8)
  }
  return streamed
}
