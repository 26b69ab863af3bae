import { ServerResponse, STATUS_CODES } from 'node:http'
import { storeFramedHeader } from './answer-framing.js'
import type { OutgoingFields } from './node-fields.js'
import type { OutgoingState } from './node-state.js'

/*
 * The head of an answer whose body is known, to the byte as node writes it.
 *
 * Perf: node asks of each field which one it is, and in which case it is written. Here the names of the record are
 * compared as they are kept, in lower case; what is rare is left to node (bench/run.mjs hello).
 *
 * Runs for each such answer: no closure, no object, one string.
 */

/** Bounded: there are 900 status codes. */
const statusLines: (string | undefined)[] = []

/**
 * The head, or null where node must write it. Sets on the response what node would set.
 *
 * @param persistence Date, Connection and Keep-Alive
 * @param length of the body in bytes
 */
export function formatHead(
  res: OutgoingState,
  fields: OutgoingFields | null,
  persistence: string,
  length: number,
): string | null {
  const status = res.statusCode
  let head = statusLineOf(status)
  if (head === null) return null
  let named: number | null = null
  for (const key in fields) {
    const field = fields[key]!
    const value = field[1]
    if (isLeftToNode(key) || typeof value === 'object') return null
    if (key === 'content-length') named = Number(value)
    head += `${field[0]}: ${value}\r\n`
  }
  // As node sets them: loggers read the phrase of what was sent, and who defined an accessor is told.
  res.statusMessage = STATUS_CODES[status] || 'unknown'
  res.statusCode = status
  head += persistence
  if (named !== null) res._contentLength = named
  else if (res._hasBody) {
    res._contentLength = length
    head += `Content-Length: ${length}\r\n`
  }
  return `${head}\r\n`
}

const node = ServerResponse.prototype as OutgoingState
const { writeHead: nodeWriteHead, _implicitHeader: nodeImplicitHeader, _storeHeader: nodeStoreHeader } = node

/** Whether the head says no more than the fields do, and nobody has replaced what writes it. */
export function hasPlainHead(res: OutgoingState): boolean {
  return (
    res.writeHead === nodeWriteHead &&
    res._implicitHeader === nodeImplicitHeader &&
    (res._storeHeader === nodeStoreHeader || isFramedOfNode(res)) &&
    res.statusMessage === undefined &&
    res.sendDate &&
    res.shouldKeepAlive &&
    res.useChunkedEncodingByDefault &&
    !res._last &&
    !res._removedConnection &&
    !res._removedContLen &&
    res._defaultKeepAlive &&
    !res._maxRequestsPerSocket &&
    !res.maxRequestsOnConnectionReached &&
    (!res._expect_continue || res._sent100)
  )
}

/** Whether a head would be node's, put into one reading: that which is plain has no other. */
function isFramedOfNode(res: OutgoingState): boolean {
  return res._storeHeader === storeFramedHeader && node._storeHeader === nodeStoreHeader
}

/** Fields that change how the message is framed, whether the connection goes on, or how the head is encoded. */
function isLeftToNode(name: string): boolean {
  switch (name) {
    case 'connection':
    case 'transfer-encoding':
    case 'keep-alive':
    case 'date':
    case 'trailer':
    case 'expect':
    case 'content-disposition':
      return true
    default:
      return false
  }
}

/** Null for the codes that come without a body, or are none. */
function statusLineOf(status: number): string | null {
  if (status === 200) return 'HTTP/1.1 200 OK\r\n'
  const known = statusLines[status]
  if (known !== undefined) return known
  if (!Number.isInteger(status) || status < 200 || status > 999 || status === 204 || status === 304)
    return null
  return (statusLines[status] = `HTTP/1.1 ${status} ${STATUS_CODES[status] || 'unknown'}\r\n`)
}
