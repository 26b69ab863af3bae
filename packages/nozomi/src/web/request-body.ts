import type { IncomingMessage, ServerResponse } from 'node:http'
import { isUint8Array } from 'node:util/types'
import { createError } from '../errors/catalogue.js'
import { mediaTypeOf } from '../http/content-type.js'

/** The body of a `Request`. */
export interface WebBody {
  readonly body: ReadableStream<Uint8Array> | Uint8Array
  /** It was made from what a parser has left: without a content coding, and with a length of its own. */
  readonly isMade: boolean
}

/** The body of a request: as it comes, or made anew from `req.body`, where a parser has read it before. */
export function bodyOf(req: IncomingMessage & { body?: unknown }, res: ServerResponse): WebBody {
  if (req.readable && !req.readableDidRead) return { body: streamOf(req, res), isMade: false }
  const { body } = req
  const type = mediaTypeOf(req.headers['content-type'] ?? '')
  if (isUint8Array(body)) return { body, isMade: true }
  if (typeof body === 'string') return made(body)
  if (body !== undefined && (isJson(type) || type === '')) return made(JSON.stringify(body))
  if (isRecord(body) && type === 'application/x-www-form-urlencoded') return made(formOf(body))
  return { body: failing(body, type), isMade: false }
}

function made(text: string): WebBody {
  return { body: Buffer.from(text), isMade: true }
}

function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** As forms write it, nested names in brackets: what `urlencoded()` reads the same values from. */
function formOf(body: Record<string, unknown>): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(body)) addPairs(pairs, name, value)
  return pairs.join('&')
}

function addPairs(pairs: string[], name: string, value: unknown): void {
  if (Array.isArray(value) && !value.some(isRecord)) {
    for (const one of value) addPairs(pairs, name, one)
  } else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) addPairs(pairs, `${name}[${key}]`, inner)
  } else pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
}

/**
 * Nothing of it is read before somebody asks, and no more than is asked for. What nobody wants of a body that somebody has
 * begun to read is read off when the answer is out, as node does with one that nobody has read: the next request on the
 * connection waits behind it.
 */
function streamOf(req: IncomingMessage, res: ServerResponse): ReadableStream<Uint8Array> {
  let isStarted = false
  let isOver = false
  return new ReadableStream(
    {
      type: 'bytes',
      pull(controller) {
        if (!isStarted) readInto(controller)
        isStarted = true
        req.resume()
      },
      cancel: readOff,
    },
    { highWaterMark: 0 },
  )

  function readInto(controller: ReadableByteStreamController): void {
    req.on('data', (piece: Uint8Array) => {
      if (isOver) return
      req.pause()
      // A copy: a stream of bytes takes the memory away from where it was, and pieces share theirs.
      controller.enqueue(Uint8Array.from(piece))
    })
    req.once('end', () => {
      if (isOver) return
      isOver = true
      controller.close()
      controller.byobRequest?.respond(0)
    })
    req.once('error', fail)
    req.once('close', () => fail(createError('NOZOMI_BODY_ABORTED', [])))
    res.once('finish', readOff)

    function fail(error: Error): void {
      if (isOver) return
      isOver = true
      controller.error(error)
    }
  }

  function readOff(): void {
    if (isOver || !isStarted) return
    isOver = true
    req.resume()
  }
}

function failing(body: unknown, type: string): ReadableStream<Uint8Array> {
  const reason =
    body === undefined
      ? 'req.body is undefined'
      : `req.body is ${Array.isArray(body) ? 'a list' : `of the type ${typeof body}`}, and the type of the body ${type || 'unknown'}`
  return new ReadableStream(
    { pull: (controller) => controller.error(createError('NOZOMI_WEB_BODY_READ', [reason])) },
    { highWaterMark: 0 },
  )
}
