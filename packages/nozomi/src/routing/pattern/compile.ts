import { match } from 'path-to-regexp'
import type { Path } from '../messages.js'
import { decodeParam } from './decode-param.js'
import { compileExpress4, isExpress4Pattern } from './express4.js'
import type { Matcher, PatternOptions } from './matcher.js'
import { compileRegExp } from './regexp.js'

const TRAILING_SLASHES = /\/+$/

/**
 * Compiles one path as given to `app.use()` or a verb.
 *
 * A string is an Express 5 pattern. One that Express 5 refuses, and that Express 4 had a meaning for, keeps the
 * meaning it had there. Differs from Express: Express 5 throws for the latter.
 *
 * @throws TypeError of path-to-regexp when the string is a pattern of neither.
 */
export function compilePath(path: Path, options: PatternOptions): Matcher {
  if (path instanceof RegExp) return compileRegExp(path)
  const pattern = String(path)
  try {
    return match(options.strict || pattern === '/' ? pattern : pattern.replace(TRAILING_SLASHES, ''), {
      sensitive: options.sensitive ?? false,
      end: options.end ?? true,
      trailing: !options.strict,
      decode: decodeParam,
    })
  } catch (refused) {
    if (!isExpress4Pattern(pattern)) throw refused
    try {
      return compileExpress4(pattern, options)
    } catch {
      throw refused
    }
  }
}
