import type { IncomingMessage, ServerResponse } from 'node:http'
import { connectionFields } from '../http/connection-fields.js'
import { addVary } from '../http/vary.js'

/*
 * A Web `Response`, sent by node's own methods, which middleware may have replaced.
 */

type Reader = ReadableStreamDefaultReader<Uint8Array>
type Piece = Awaited<ReturnType<Reader['read']>>

/**
 * Sends a `Response`. What fails before the first piece of the body was there leaves the response as it was, for the error
 * handlers.
 */
export async function sendResponse(
  req: IncomingMessage,
  res: ServerResponse,
  response: Response,
): Promise<void> {
  const { body, status } = response
  if (body === null || req.method === 'HEAD' || status === 204 || status === 205 || status === 304) {
    drop(body)
    if (isGone(res)) return
    writeHead(res, response)
    res.end()
    return
  }
  if (isGone(res)) return drop(body)
  const reader = body.getReader()
  const leave = (): void => cancel(reader)
  res.once('close', leave)
  try {
    await sendBody(res, response, reader)
  } catch (error) {
    cancel(reader)
    // Nobody is there to hear of what failed because of that.
    if (!isGone(res)) throw error
  } finally {
    res.removeListener('close', leave)
  }
}

/** A body that is known at once leaves in one write, with its length; of any other, each piece when it comes. */
async function sendBody(res: ServerResponse, response: Response, reader: Reader): Promise<void> {
  let piece = await reader.read()
  if (isGone(res)) return
  let next: Promise<Piece> | null = null
  if (!piece.done) {
    next = reader.read()
    const second = await Promise.race([next, soon()])
    if (isGone(res)) return
    if (second?.done) {
      writeHead(res, response)
      res.end(piece.value)
      return
    }
  }
  writeHead(res, response)
  while (!piece.done) {
    if (!res.write(piece.value)) await drained(res)
    piece = await (next ?? reader.read())
    next = null
    if (isGone(res)) return
  }
  res.end()
}

function writeHead(res: ServerResponse, response: Response): void {
  const { status, statusText, headers } = response
  // fetch() has decoded what it gives, and left the fields as they came.
  const isDecoded = response.url !== '' && headers.has('content-encoding')
  res.statusCode = status
  if (statusText !== '') res.statusMessage = statusText
  for (const [name, value] of headers) {
    if (connectionFields.has(name) || name === 'set-cookie') continue
    if (isDecoded && (name === 'content-encoding' || name === 'content-length')) continue
    // RFC 9110 §8.6.
    if (status === 204 && name === 'content-length') continue
    if (name === 'vary') addVary(res, value)
    else res.setHeader(name, value)
  }
  for (const cookie of headers.getSetCookie()) res.appendHeader('Set-Cookie', cookie)
}

function isGone(res: ServerResponse): boolean {
  return res.destroyed || res.closed
}

/** When what was written has left, or nobody is there any more. */
function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    res.on('drain', done)
    res.on('close', done)

    function done(): void {
      res.removeListener('drain', done)
      res.removeListener('close', done)
      resolve()
    }
  })
}

function soon(): Promise<null> {
  return new Promise((resolve) => {
    setImmediate(resolve, null)
  })
}

function cancel(reader: Reader): void {
  reader.cancel().catch(ignore)
}

function drop(body: ReadableStream | null): void {
  body?.cancel().catch(ignore)
}

function ignore(): void {}
