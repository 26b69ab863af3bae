import { match, parse } from 'path-to-regexp'
import type { Path } from '../messages.js'
import { decodeParam } from './decode-param.js'
import { compileExpress4, isExpress4Pattern } from './express4.js'
import type { Matcher, PatternOptions } from './matcher.js'
import { compileRegExp } from './regexp.js'
import { compileSegments } from './segments.js'
import { ANYWHERE, headOfExpress4, headOfTokens, type StaticHead } from './static-head.js'

const TRAILING_SLASHES = /\/+$/

export interface CompiledPath {
  matcher: Matcher
  head: StaticHead
}

/**
 * Compiles one path as given to `app.use()` or a verb.
 *
 * A string is an Express 5 pattern. One that Express 5 refuses, and that Express 4 had a meaning for, keeps the
 * meaning it had there. Differs from Express: Express 5 throws for the latter.
 *
 * @throws TypeError of path-to-regexp when the string is a pattern of neither.
 */
export function compilePath(path: Path, options: PatternOptions): CompiledPath {
  if (path instanceof RegExp) return { matcher: compileRegExp(path), head: ANYWHERE }
  const pattern = String(path)
  try {
    return compileExpress5(pattern, options)
  } catch (refused) {
    if (typeof path !== 'string' || !isExpress4Pattern(pattern)) throw refused
    try {
      return { matcher: compileExpress4(pattern, options), head: headOfExpress4(pattern) }
    } catch {
      throw refused
    }
  }
}

function compileExpress5(given: string, options: PatternOptions): CompiledPath {
  const pattern = options.strict || given === '/' ? given : given.replace(TRAILING_SLASHES, '')
  const { tokens } = parse(pattern)
  const matcher = compileSegments(tokens, options) ?? compileByLibrary(pattern, options)
  return { matcher, head: headOfTokens(tokens, options) }
}

function compileByLibrary(pattern: string, options: PatternOptions): Matcher {
  const find = match(pattern, {
    sensitive: options.sensitive ?? false,
    end: options.end ?? true,
    trailing: !options.strict,
    decode: decodeParam,
  })
  return function matchPattern(path) {
    const found = find(path)
    return found && { path: found.path, params: found.params, keys: Object.keys(found.params) }
  }
}
