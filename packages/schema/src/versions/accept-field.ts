/** One media range of `Accept` (RFC 9110 §12.5.1). */
export interface MediaRange {
  /** In lower case. */
  readonly type: string
  /** By their names in lower case, without `q`. */
  readonly parameters: ReadonlyMap<string, string>
  readonly quality: number
}

/** The ranges of a field, the preferred one first; those that are not acceptable (`q=0`) are left out. */
export function parseAccept(field: string): MediaRange[] {
  const ranges = splitOutsideQuotes(field, ',').flatMap((range) => parseRange(range) ?? [])
  return ranges.filter(({ quality }) => quality > 0).toSorted((one, other) => other.quality - one.quality)
}

function parseRange(text: string): MediaRange | null {
  const [type = '', ...rest] = splitOutsideQuotes(text, ';').map((part) => part.trim())
  if (!type.includes('/')) return null
  const parameters = new Map<string, string>()
  let quality = 1
  for (const parameter of rest) {
    const equals = parameter.indexOf('=')
    if (equals <= 0) continue
    const name = parameter.slice(0, equals).trimEnd().toLowerCase()
    const value = unquoted(parameter.slice(equals + 1).trimStart())
    if (name === 'q') quality = Number.parseFloat(value) || 0
    else parameters.set(name, value)
  }
  return { type: type.toLowerCase(), parameters, quality }
}

function unquoted(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"') || value.length < 2) return value
  return value.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') isQuoted = !isQuoted
    else if (char === '\\' && isQuoted) i++
    else if (char === separator && !isQuoted) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
