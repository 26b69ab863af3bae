import { withCharset } from '../http/content-type.js'
import { ownFields, type OutgoingFields } from '../messages/node-fields.js'
import { configurationOf } from '../settings/configuration.js'
import { isBuiltIn } from '../settings/entity-tag.js'
import { endWhole, isNodeEndReplaced, ownEnd } from './content-length.js'
import { fieldMembers } from './fields.js'
import { writeOwnHead } from './own-head.js'
import type { ResponseState } from './state.js'

/*
 * The exit of every answer whose body is known.
 *
 * Runs for each such request: no closure, one write. The body leaves as a string when it came as one, because node
 * joins a string with the head and writes both at once; a Buffer would be written beside it. While the methods that
 * set and read fields are our own and node's, the fields are read and written where node keeps them.
 */
export const sendMembers: object & ThisType<ResponseState> = {
  /**
   * Answers with a body: a string (HTML, unless a type is set), a Buffer or typed array (bytes), anything else as
   * JSON. Sets `Content-Length` and, as the setting `etag` says, `ETag`; answers 304 when the client's copy is fresh;
   * sends no body to HEAD, and none with 204, 205 and 304.
   */
  send(body?: unknown): ResponseState {
    if (typeof body === 'string') {
      setTextType(this, plainFields(this))
      return sendBytes(this, body)
    }
    if (body === undefined) return finish(this, undefined, null, 0)
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

/** The `send` that a response has unless somebody replaced it. */
export const ownSend: unknown = (sendMembers as ResponseState).send

const { get: ownGet, header: ownSet } = fieldMembers as ResponseState & { header: unknown }

/** Where the fields of a response are kept; null when somebody replaced a method that sets or reads them. */
export function plainFields(res: ResponseState): OutgoingFields | null {
  return res.set === ownSet && res.get === ownGet ? ownFields(res) : null
}

/** A text is HTML, unless a type is set; it leaves as UTF-8, and its type says so. */
function setTextType(res: ResponseState, fields: OutgoingFields | null): void {
  const type = fields === null ? res.get('Content-Type') : fields['content-type']?.[1]
  if (typeof type !== 'string') {
    res.type('html')
    return
  }
  const typeOfText = withCharset(type, 'utf-8')
  if (fields === null || typeOfText !== type) res.set('Content-Type', typeOfText)
  // Parity: Express sets the field anew, so that its name is spelled so whatever the handler wrote.
  else if (fields['content-type']?.[0] !== 'Content-Type') fields['content-type'] = ['Content-Type', type]
}

/** Length, entity tag, freshness: then the write. */
function sendBytes(res: ResponseState, body: string | Buffer): ResponseState {
  let chunk = body
  const fields = plainFields(res)
  const { entityTag } = configurationOf(res.app)
  const wantsTag = entityTag !== undefined && !(fields === null ? res.get('ETag') : fields['etag']?.[1])
  const isReplaced = res.end !== ownEnd || isNodeEndReplaced()
  // Whoever replaced `res.end` is used to Buffers, and a user's own tagger is given one, as in Express.
  if (typeof chunk === 'string' && (wantsTag || chunk.length >= 1000)) {
    if (isReplaced || (wantsTag && !isBuiltIn(entityTag))) chunk = Buffer.from(chunk, 'utf8')
  }
  const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
  setLength(res, fields, length)
  if (wantsTag) {
    const tag = entityTag(chunk, typeof chunk === 'string' ? 'utf8' : undefined)
    if (tag && fields !== null && isBuiltIn(entityTag)) fields['etag'] = ['ETag', tag]
    else if (tag) res.set('ETag', tag)
  }
  return finish(res, chunk, fields, length)
}

/** RFC 9112 §6.2: no Content-Length beside a Transfer-Encoding. */
function setLength(res: ResponseState, fields: OutgoingFields | null, length: number): void {
  if (fields === null) {
    if (!res.get('Transfer-Encoding')) res.set('Content-Length', length)
  } else if (!fields['transfer-encoding']?.[1]) {
    fields['content-length'] = ['Content-Length', String(length)]
  }
}

function finish(
  res: ResponseState,
  body: string | Buffer | undefined,
  fields: OutgoingFields | null,
  length: number,
): ResponseState {
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
  else if (typeof chunk !== 'string') res.end(chunk, undefined as never)
  else if (res.end === ownEnd && chunk === body) {
    if (fields !== null && fields === plainFields(res)) writeOwnHead(res, fields, length)
    endWhole(res, chunk)
  } else res.end(chunk, 'utf8')
  return res
}

function asBuffer(view: ArrayBufferView): Buffer {
  return Buffer.isBuffer(view) ? view : Buffer.from(view.buffer, view.byteOffset, view.byteLength)
}
