import type { BodyParser, OptionsText } from '../types/body-options.js'
import { compileBodyPlan } from './body-plan.js'
import { isKnownCharset } from './charset.js'
import { quoteValue } from './option-value.js'
import { readBody } from './read-body.js'

/**
 * Middleware that decodes a body into the string `req.body`.
 *
 * It reads `text/plain` unless `type` says otherwise, in the charset that the Content-Type names, else in
 * `defaultCharset` (`'utf-8'`); all charsets of `iconv-lite` are understood. When there is nothing to read,
 * `req.body` stays as it was. Errors are those of `json()`, but for parsing.
 *
 * Follows https://expressjs.com/en/5x/api.html#express.text. Differs from Express: what is refused is not read to
 * its end, and its connection is closed; a `defaultCharset` that nobody knows throws here, not in each request.
 *
 * @throws TypeError for options that cannot be meant.
 * @example
 * app.use(text({ type: 'text/*' }))
 */
export function text(options?: OptionsText): BodyParser {
  const defaultCharset = options?.defaultCharset || 'utf-8'
  if (typeof defaultCharset !== 'string' || !isKnownCharset(defaultCharset)) {
    throw new TypeError(
      `option defaultCharset must be a charset that iconv-lite knows, not ${quoteValue(defaultCharset)}`,
    )
  }
  const plan = compileBodyPlan(options, {
    type: 'text/plain',
    defaultCharset: defaultCharset.toLowerCase(),
    takesCharset: null,
    parse: (body) => body,
  })
  return function textParser(req, res, next) {
    readBody(req, res, next, plan)
  }
}
