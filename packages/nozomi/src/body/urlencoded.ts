import { createError } from '../errors/catalogue.js'
import { parseExtendedQuery } from '../http/extended-query.js'
import type { QueryCharset } from '../http/form-text.js'
import { RecentNames } from '../http/recent-names.js'
import type { BodyParser, OptionsUrlencoded } from '../types/body-options.js'
import { type BodyPlan, compileBodyPlan } from './body-plan.js'
import { quoteValue } from './option-value.js'
import { readBody } from './read-body.js'

const DEFAULT_DEPTH = 32
/** What `qs` takes in place of a depth that is no number. */
const QS_DEPTH = 5

/**
 * Middleware that parses form-encoded bodies into the object `req.body`.
 *
 * With `extended`, brackets in keys make objects and arrays (`user[name]=tobi`); without it they mean nothing. A key
 * that comes more than once makes an array. When there is nothing to read, `req.body` stays as it was.
 *
 * Errors are those of `json()`, and: 413 `parameters.too.many`, 400 `querystring.parse.rangeError` for keys deeper
 * than `depth`.
 *
 * Follows https://expressjs.com/en/5x/api.html#express.urlencoded. Differs from Express: names of members that every
 * object has are left out (`allowPrototypes`); parsing takes time in proportion to the body, whatever
 * `parameterLimit` is; what is refused is not read to its end, and its connection is closed.
 *
 * @throws TypeError for options that cannot be meant.
 * @example
 * app.use(urlencoded({ extended: true }))
 */
export function urlencoded(options?: OptionsUrlencoded): BodyParser {
  const defaultCharset = options?.defaultCharset || 'utf-8'
  if (!isFormCharset(defaultCharset)) {
    throw new TypeError(
      `option defaultCharset must be either utf-8 or iso-8859-1, not ${quoteValue(defaultCharset)}`,
    )
  }
  const plan = compileBodyPlan(options, {
    type: 'application/x-www-form-urlencoded',
    defaultCharset,
    takesCharset: isFormCharset,
    parse: compileParse(options ?? {}) as BodyPlan['parse'],
  })
  return function urlencodedParser(req, res, next) {
    readBody(req, res, next, plan)
  }
}

function isFormCharset(charset: string): charset is QueryCharset {
  return charset === 'utf-8' || charset === 'iso-8859-1'
}

function compileParse(options: OptionsUrlencoded): (text: string, charset: QueryCharset) => unknown {
  const isExtended = Boolean(options.extended)
  const parameterLimit = compileParameterLimit(options.parameterLimit)
  const depth = isExtended ? compileDepth(options.depth) : 0
  const { charsetSentinel, interpretNumericEntities } = options
  const allowPrototypes = options.allowPrototypes === true
  const names = new RecentNames()

  return function parseForm(text, charset) {
    if (text === '') return {}
    const count = countParameters(text, parameterLimit)
    if (count > parameterLimit) throw createError('NOZOMI_BODY_TOO_MANY_PARAMETERS', [])
    try {
      const reading = {
        allowPrototypes,
        // Parity: as many as there are parameters, so that a list stays an array however long it is.
        arrayLimit: isExtended ? Math.max(100, count) : count,
        charset,
        charsetSentinel: charsetSentinel === true,
        depth,
        interpretNumericEntities: interpretNumericEntities === true,
        parameterLimit,
        strictDepth: true,
      }
      return parseExtendedQuery(text, reading, names)
    } catch (error) {
      throw error instanceof RangeError ? createError('NOZOMI_BODY_TOO_DEEP', []) : error
    }
  }
}

function compileParameterLimit(option: unknown): number {
  const limit = option === undefined ? 1000 : toNumber(option)
  if (limit >= 1) return Math.trunc(limit)
  throw new TypeError(`option parameterLimit must be a positive number, not ${quoteValue(option)}`)
}

/** Parity: what is no number counts as one when it is checked, but `qs` then takes its own default. */
function compileDepth(option: unknown): number {
  const depth = option === undefined ? DEFAULT_DEPTH : toNumber(option)
  if (!(depth >= 0)) {
    throw new TypeError(`option depth must be a zero or a positive number, not ${quoteValue(option)}`)
  }
  return option === undefined || option === false || typeof option === 'number' ? depth : QS_DEPTH
}

/** The number that a value is taken for; NaN for what is none, where Number() may throw too. */
function toNumber(value: unknown): number {
  const isNone = typeof value === 'symbol' || (typeof value === 'object' && value !== null)
  return isNone ? Number.NaN : Number(value)
}

/** How many parameters the text has; counting stops when there are more than `limit`. */
function countParameters(text: string, limit: number): number {
  let count = 1
  for (let index = text.indexOf('&'); index !== -1 && count <= limit; index = text.indexOf('&', index + 1))
    count++
  return count
}
