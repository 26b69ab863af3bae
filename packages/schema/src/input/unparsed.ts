/* What is answered when a body came and nothing before has parsed it. */
import { createError } from '../problems/catalogue.js'
import { isOfType, isWellFormed, mediaTypeOf, parserFor } from './media-types.js'
import type { InputRequest } from './request.js'

/**
 * RFC 9110 §15.5.16: 415, with the types that are accepted. But where a contract names the type of a body that is sent as it should be, each such
 * body would be refused: there a parser is missing, which is for the developer to know: 500. So it is where none stands before at all.
 *
 * Security: who can make errors of the server by the words of a field hides what matters among them.
 *
 * @param accepted types, or ranges of types. Of a range no parser has to take all that there is
 */
export function refuseUnparsed(req: InputRequest, accepted: readonly string[]): never {
  const field = req.headers['content-type']
  const type = mediaTypeOf(field)
  const isMissing = accepted.includes(type)
    ? isWellFormed(field as string)
    : !hasParser(req) && accepted.some((range) => isOfType(type, range))
  if (isMissing) throw createError('NOZOMI_SCHEMA_NOT_PARSED', [type, parserFor(type)])
  refuseType(req, accepted)
}

export function refuseType(req: InputRequest, accepted: readonly string[]): never {
  throw createError('NOZOMI_SCHEMA_MEDIA_TYPE', [req.headers['content-type'], accepted], {
    Accept: accepted.join(', '),
  })
}

/** Parity: the parsers of Express write `body` on each request, also on one that they leave alone. */
function hasParser(req: InputRequest): boolean {
  return 'body' in req
}
