import { withCharset } from '../http/content-type.js'
import { configurationOf } from '../settings/configuration.js'
import { isBuiltIn } from '../settings/entity-tag.js'
import { ownEnd } from './content-length.js'
import type { ResponseState } from './state.js'

/*
 * The exit of every answer whose body is known.
 *
 * Runs for each such request: no closure, one write. The body leaves as a string when it came as one, because node
 * joins a string with the head and writes both at once; a Buffer would be written beside it.
 */
export const sendMembers: object & ThisType<ResponseState> = {
  /**
   * Answers with a body: a string (HTML, unless a type is set), a Buffer or typed array (bytes), anything else as
   * JSON. Sets `Content-Length` and, as the setting `etag` says, `ETag`; answers 304 when the client's copy is fresh;
   * sends no body to HEAD, and none with 204, 205 and 304.
   */
  send(body?: unknown): ResponseState {
    if (typeof body === 'string') {
      const type = this.get('Content-Type')
      if (typeof type === 'string') this.set('Content-Type', withCharset(type, 'utf-8'))
      else this.type('html')
      return sendBytes(this, body)
    }
    if (body === undefined) return finish(this, undefined)
    if (body === null) return sendBytes(this, '')
    if (ArrayBuffer.isView(body)) {
      if (!this.get('Content-Type')) this.type('bin')
      return sendBytes(this, asBuffer(body))
    }
    if (typeof body === 'object' || typeof body === 'number' || typeof body === 'boolean')
      return this.json(body)
    // Neither text nor bytes nor JSON (a function, a symbol, a bigint): node's error says so.
    return sendBytes(this, Buffer.from(body as never))
  },
}

/** Length, entity tag, freshness: then the write. */
function sendBytes(res: ResponseState, body: string | Buffer): ResponseState {
  let chunk = body
  const { entityTag } = configurationOf(res.app)
  const wantsTag = entityTag !== undefined && !res.get('ETag')
  // Whoever replaced `res.end` is used to Buffers, and a user's own tagger is given one, as in Express.
  if (typeof chunk === 'string' && (wantsTag || chunk.length >= 1000)) {
    if (res.end !== ownEnd || (wantsTag && !isBuiltIn(entityTag))) chunk = Buffer.from(chunk, 'utf8')
  }
  const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
  // RFC 9112 §6.2: no Content-Length beside a Transfer-Encoding.
  if (!res.get('Transfer-Encoding')) res.set('Content-Length', length)
  if (wantsTag) {
    const tag = entityTag(chunk, typeof chunk === 'string' ? 'utf8' : undefined)
    if (tag) res.set('ETag', tag)
  }
  return finish(res, chunk)
}

function finish(res: ResponseState, body: string | Buffer | undefined): ResponseState {
  let chunk = body
  const { req } = res
  if (req.fresh) res.status(304)
  const { statusCode } = res
  if (statusCode === 204 || statusCode === 304) {
    res.removeHeader('Content-Type')
    res.removeHeader('Content-Length')
    res.removeHeader('Transfer-Encoding')
    chunk = ''
  } else if (statusCode === 205) {
    res.set('Content-Length', '0')
    res.removeHeader('Transfer-Encoding')
    chunk = ''
  }
  if (req.method === 'HEAD') res.end()
  else if (typeof chunk === 'string') res.end(chunk, 'utf8')
  else res.end(chunk)
  return res
}

function asBuffer(view: ArrayBufferView): Buffer {
  return Buffer.isBuffer(view) ? view : Buffer.from(view.buffer, view.byteOffset, view.byteLength)
}
