import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import onFinished from 'on-finished'
import { type CodedError, createError } from '../errors/catalogue.js'
import { hasBody } from '../http/media-type-match.js'
import { abandonBody, hasUnknownLength, settleBody } from './abandon-body.js'
import { type BodyPlan, type Charset, charsetOf } from './body-plan.js'
import { BodyReader, type Next } from './body-reader.js'
import { isKnownCharset } from './charset.js'
import { inflaterOf } from './inflate.js'

/**
 * What every body parser does with a request: it passes on what is not its own, refuses what can be refused by the
 * head alone, and has the rest read.
 *
 * Request time: this runs for each request that meets a parser, with a body or without. It must not allocate before
 * it knows that there is a body to read.
 */
export function readBody(req: IncomingMessage, res: ServerResponse, next: Next, plan: BodyPlan): void {
  if (onFinished.isFinished(req)) return next()
  if (!('body' in req)) (req as { body?: unknown }).body = undefined
  if (!hasBody(req) || !plan.accepts(req)) return next()

  const charset = charsetOfBody(req, plan)
  const coding = (req.headers['content-encoding'] || 'identity').toLowerCase()
  const length = coding === 'identity' ? lengthOf(req) : null
  const refusal = refusalByHead(req, plan, charset, coding, length)
  if (refusal) return refuse(req, res, next, plan.limit, refusal)
  const inflater = coding === 'identity' ? null : (inflaterOf(coding)?.() ?? null)
  new BodyReader(req, res, next, plan, { charset, length, inflater }).start()
}

/** A body whose length nobody knows may be over in a moment, and then the connection can be kept. */
function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  next: Next,
  limit: number,
  refusal: CodedError,
): void {
  // A client that asked whether it may send its body is told so by the answer.
  if (hasUnknownLength(req) && req.headers.expect === undefined) {
    settleBody(
      req,
      res,
      limit,
      AsyncResource.bind(() => next(refusal)),
    )
  } else {
    abandonBody(req, res, limit)
    next(refusal)
  }
}

function charsetOfBody(req: IncomingMessage, plan: BodyPlan): Charset {
  if (plan.defaultCharset === null) return null
  const contentType = req.headers['content-type']
  return (contentType && charsetOf(contentType)) || plan.defaultCharset
}

function lengthOf(req: IncomingMessage): number | null {
  const length = req.headers['content-length']
  return length === undefined || Number.isNaN(Number(length)) ? null : Number.parseInt(length, 10)
}

/** Parity: which of several faults is named is body-parser's order. */
function refusalByHead(
  req: IncomingMessage,
  plan: BodyPlan,
  charset: Charset,
  coding: string,
  length: number | null,
): CodedError | null {
  if (charset !== null) {
    if (plan.takesCharset && !plan.takesCharset(charset)) return unknownCharset(charset)
    if (plan.verify && !isKnownCharset(charset)) return unknownCharset(charset)
  }
  if (coding !== 'identity') {
    if (!plan.inflate) return createError('NOZOMI_BODY_CODING_REFUSED', [], { encoding: coding })
    if (!inflaterOf(coding)) return createError('NOZOMI_BODY_CODING', [coding], { encoding: coding })
  }
  const { limit } = plan
  if (length !== null && length > limit) {
    return createError('NOZOMI_BODY_TOO_LARGE', [], { expected: length, length, limit })
  }
  if (req.readableEncoding) return createError('NOZOMI_BODY_ENCODING_SET', [])
  if (req.readable === false) return createError('NOZOMI_BODY_NOT_READABLE', [])
  if (charset !== null && !isKnownCharset(charset)) return unknownCharset(charset)
  return null
}

function unknownCharset(charset: string): CodedError {
  return createError('NOZOMI_BODY_CHARSET', [charset.toUpperCase()], { charset })
}
