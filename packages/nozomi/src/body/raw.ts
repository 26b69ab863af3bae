import type { BodyParser, Options } from '../types/body-options.js'
import { compileBodyPlan } from './body-plan.js'
import { readBody } from './read-body.js'

/**
 * Middleware that puts the bytes of a body, inflated, into `req.body` as a Buffer.
 *
 * It reads `application/octet-stream` unless `type` says otherwise; an empty body gives an empty Buffer. When there
 * is nothing to read, `req.body` stays as it was. Errors are those of `json()`, but for the ones of charsets and
 * parsing.
 *
 * Follows https://expressjs.com/en/5x/api.html#express.raw. Differs from Express: what is refused is not read to
 * its end, and its connection is closed.
 *
 * @throws TypeError for options that cannot be meant.
 * @example
 * app.post('/hook', raw({ type: 'application/json' }), (req, res) => res.json(checkSignature(req.body)))
 */
export function raw(options?: Options): BodyParser {
  const plan = compileBodyPlan(options, {
    type: 'application/octet-stream',
    defaultCharset: null,
    takesCharset: null,
    parse: (body) => body,
  })
  return function rawParser(req, res, next) {
    readBody(req, res, next, plan)
  }
}
