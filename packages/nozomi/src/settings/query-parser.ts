import { parse as parseSimple } from 'node:querystring'
import { parseExtendedQuery } from '../http/extended-query.js'
import { RecentNames } from '../http/recent-names.js'

/** Turns what follows the `?` of a target, null when there is none, into `req.query`. */
export type QueryParser = (query: string | null) => unknown

/**
 * Compiles the setting `query parser`: true or `'simple'` (the default: node's querystring), `'extended'` (nested
 * objects and arrays, as qs reads them), false, or a function.
 *
 * Differs from Express: the extended parser leaves out names of members that every object has (`?hasOwnProperty=x`). A
 * function that calls qs with `allowPrototypes` brings them back.
 *
 * @throws TypeError for any other value.
 */
export function compileQueryParser(value: unknown): QueryParser | undefined {
  if (typeof value === 'function') return value as QueryParser
  switch (value) {
    case true:
    case 'simple':
      return parseSimple as QueryParser
    case 'extended':
      return compileExtended()
    case false:
      return undefined
    default:
      throw new TypeError(`unknown value for query parser function: ${value}`)
  }
}

function compileExtended(): QueryParser {
  const names = new RecentNames()
  return (query) => parseExtendedQuery(query ?? '', {}, names)
}
