import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import { abandonBody } from './abandon-body.js'

/** Who wants a body. */
interface BodyListener {
  take(bytes: Buffer): void
  end(): void
  abort(): void
  giveUp(error: unknown): void
}

/**
 * Reads a body as a stream, inflated where it is compressed. Gives a function that leaves the streams as they were
 * found; it has been called before `end` and `abort` are.
 */
export function listenToBody(
  req: IncomingMessage,
  res: ServerResponse,
  inflater: Transform | null,
  affordable: number,
  listener: BodyListener,
): () => void {
  const stream = inflater ?? req
  req.on('aborted', onAborted)
  req.on('close', onAborted)
  req.on('error', onError)
  if (inflater) {
    inflater.on('error', onError)
    req.pipe(inflater)
  }
  stream.on('end', onEnd)
  stream.on('data', onData)
  return stop

  function onData(chunk: Buffer | string): void {
    listener.take(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk))
  }

  function onEnd(): void {
    stop()
    // What follows the end of the compressed data is not part of the body.
    if (inflater) abandonBody(req, res, affordable)
    listener.end()
  }

  function onError(error: Error): void {
    listener.giveUp(error)
  }

  /** The client went away, or somebody destroyed the request, before its end. */
  function onAborted(): void {
    // A request closes at its end too, and then the inflater may still be at work.
    if (req.readableEnded) return
    stop()
    listener.abort()
  }

  /** The inflater has nobody else, and holds memory outside of the heap. */
  function stop(): void {
    req.removeListener('aborted', onAborted)
    req.removeListener('close', onAborted)
    req.removeListener('error', onError)
    if (inflater) {
      req.unpipe(inflater)
      inflater.removeListener('error', onError)
      inflater.on('error', ignore)
      inflater.destroy()
    }
    stream.removeListener('end', onEnd)
    stream.removeListener('data', onData)
  }
}

function ignore(): void {}
