/**
 * A pattern of a JSON Schema. It is one of Unicode; many are written that only pass without that: `[\w-.]`.
 *
 * @throws SyntaxError for what is no pattern either way
 */
export function compilePattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}

compilePattern.code = 'new RegExp'
