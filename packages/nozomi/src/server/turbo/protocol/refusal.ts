/*
 * Why a request was refused. The connection is closed after each of them: what follows on it can't be trusted to start
 * where we think that it starts.
 */

export interface Refusal {
  /** What the client is answered. */
  readonly status: number
  /** node's own code where its parser has one for the case, so that listeners of 'clientError' find what they know. */
  readonly code: string
  /** A sentence for people, without a final stop: `Parse Error: ${reason}`. */
  readonly reason: string
}

/** The verdicts of the parsers beside an offset: all bytes were taken and more are needed. */
export const NEEDS_MORE = -1
/** `refusal` says why. */
export const REFUSED = -2

const refusal = (status: number, code: string, reason: string): Refusal =>
  Object.freeze({ status, code, reason })

export const REFUSALS = Object.freeze({
  emptyLines: refusal(400, 'HPE_INVALID_METHOD', 'Too many empty lines before the request line'),
  bareCarriageReturn: refusal(400, 'HPE_LF_EXPECTED', 'Missing expected LF after CR'),
  bareLineFeed: refusal(400, 'HPE_CR_EXPECTED', 'Missing expected CR before LF'),

  method: refusal(400, 'HPE_INVALID_METHOD', 'Invalid method encountered'),
  target: refusal(400, 'HPE_INVALID_URL', 'Invalid characters in url'),
  targetForm: refusal(400, 'HPE_INVALID_URL', 'The target is in no form that fits the method'),
  version: refusal(400, 'HPE_INVALID_VERSION', 'Invalid HTTP version'),
  otherVersion: refusal(505, 'HPE_INVALID_VERSION', 'Only HTTP/1.1 and HTTP/1.0 are spoken here'),

  fieldName: refusal(400, 'HPE_INVALID_HEADER_TOKEN', 'Invalid header token'),
  fieldValue: refusal(400, 'HPE_INVALID_HEADER_TOKEN', 'Invalid header value char'),
  folding: refusal(400, 'HPE_INVALID_HEADER_TOKEN', 'Unexpected space at the start of a line'),
  /** Bytes or fields: one refusal, as a head that is both must not depend on which was counted first. */
  tooLarge: refusal(431, 'HPE_HEADER_OVERFLOW', 'Header overflow'),

  hostMissing: refusal(400, 'HPE_INVALID_HEADER_TOKEN', 'HTTP/1.1 needs a Host field'),
  hostDoubled: refusal(400, 'HPE_INVALID_HEADER_TOKEN', 'More than one Host field'),
  hostMalformed: refusal(400, 'HPE_INVALID_HEADER_TOKEN', 'The Host field is no host with an optional port'),

  contentLength: refusal(400, 'HPE_INVALID_CONTENT_LENGTH', 'Invalid character in Content-Length'),
  contentLengthTooLarge: refusal(400, 'HPE_INVALID_CONTENT_LENGTH', 'Content-Length overflow'),
  contentLengthDoubled: refusal(400, 'HPE_UNEXPECTED_CONTENT_LENGTH', 'Content-Length already present'),
  bothLengths: refusal(
    400,
    'HPE_INVALID_TRANSFER_ENCODING',
    "Transfer-Encoding can't be present with Content-Length",
  ),
  transferCoding: refusal(400, 'HPE_INVALID_TRANSFER_ENCODING', 'Request has invalid `Transfer-Encoding`'),
  otherTransferCoding: refusal(
    501,
    'HPE_INVALID_TRANSFER_ENCODING',
    'No transfer coding but chunked is known',
  ),
  oldTransferCoding: refusal(400, 'HPE_INVALID_TRANSFER_ENCODING', 'HTTP/1.0 knows no Transfer-Encoding'),
  connectContent: refusal(400, 'HPE_INVALID_CONTENT_LENGTH', 'A CONNECT request has no content'),

  chunkSize: refusal(400, 'HPE_INVALID_CHUNK_SIZE', 'Invalid character in chunk size'),
  chunkSizeTooLarge: refusal(400, 'HPE_INVALID_CHUNK_SIZE', 'Chunk size overflow'),
  chunkExtension: refusal(400, 'HPE_INVALID_CHUNK_SIZE', 'Invalid character in chunk extensions'),
  chunkExtensionsTooLarge: refusal(413, 'HPE_CHUNK_EXTENSIONS_OVERFLOW', 'Chunk extensions overflow'),
  chunkEnd: refusal(400, 'HPE_STRICT', 'Expected LF after chunk data'),
  trailerForbidden: refusal(400, 'HPE_INVALID_HEADER_TOKEN', 'The field has no place in a trailer section'),
})
