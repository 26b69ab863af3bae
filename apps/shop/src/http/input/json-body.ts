import { json, type RequestHandler } from '../framework.js'
import { Problem } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'

export const BODY_LIMIT_BYTES = 65_536

/** A merge patch (RFC 7396) of an object without nulls is what PATCH does here. */
const TYPES = ['application/json', 'application/merge-patch+json']

/**
 * Reads a body of JSON, of any kind: whether it is the object that a route wants, its schema says. Refuses others.
 * Without a body, `req.body` is undefined.
 */
export const jsonBody: RequestHandler[] = [
  requireJson,
  json({ limit: BODY_LIMIT_BYTES, type: TYPES, strict: false }),
]

function requireJson(...[req, _res, next]: Parameters<RequestHandler>): void {
  // `is` gives null when there is no body, false when it is of another type. A body of no bytes has none.
  if (req.is(TYPES) !== false || req.get('Content-Length') === '0') return next()
  const type = req.get('Content-Type')
  const sent = type === undefined ? 'It has no Content-Type' : `Its Content-Type is ${JSON.stringify(type)}`
  throw new Problem(
    PROBLEMS['unsupported-media-type'],
    `The body must be JSON. ${sent}; expected application/json.`,
    {
      headers: { Accept: TYPES.join(', ') },
    },
  )
}
