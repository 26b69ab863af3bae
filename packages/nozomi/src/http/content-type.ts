/*
 * The Content-Type field: `type/subtype; name=value`.
 *
 * Parity: reading is as lenient as the `content-type` package that Express uses. It never throws, keeps the first
 * of two parameters of one name, and drops a parameter that has no value or whose quoted value is never closed.
 * Writing is strict: what is not a token or a quotable string is refused, so that no value can end the field.
 */

/** A media type, in lower case and without its parameters, and the parameters, their names in lower case. */
export interface ContentType {
  type: string
  parameters: Record<string, string>
}

/** What {@link formatContentType} takes. */
export interface ContentTypeParts {
  type: string
  parameters?: Record<string, string> | undefined
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
// HTAB, SP, VCHAR and obs-text: what RFC 9110 §5.6.4 lets a quoted string hold, once `"` and `\` are escaped.
const QUOTABLE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

/** Perf: what `res.send(string)` asks for nearly always is already so. */
const HAVE_UTF8: ReadonlySet<string> = new Set([
  'application/json; charset=utf-8',
  'text/html; charset=utf-8',
  'text/plain; charset=utf-8',
])

const HTAB = 9
const SPACE = 32

/** The media type of a Content-Type field, in lower case and without its parameters. It may be malformed. */
export function mediaTypeOf(field: string): string {
  const end = field.indexOf(';')
  return trimBlanks(field, 0, end === -1 ? field.length : end).toLowerCase()
}

/** Reads a Content-Type field (RFC 9110 §8.3). Never throws; the type may be malformed. */
export function parseContentType(field: string): ContentType {
  const parameters: Record<string, string> = Object.create(null)
  let index = field.indexOf(';')
  while (index !== -1 && index < field.length) index = parseParameter(field, index + 1, parameters)
  return { type: mediaTypeOf(field), parameters }
}

/**
 * Writes a Content-Type field; values that are not tokens are quoted.
 *
 * @throws TypeError for a malformed type, a name that is no token, and a value with control characters or
 *   characters above U+00FF.
 */
export function formatContentType({ type, parameters }: ContentTypeParts): string {
  if (!type || !MEDIA_TYPE.test(type)) throw new TypeError(`Invalid type: ${type}`)
  let field = type
  for (const name of Object.keys(parameters ?? {})) {
    if (!TOKEN.test(name)) throw new TypeError(`Invalid parameter name: ${name}`)
    field += `; ${name}=${formatValue(parameters?.[name] as string)}`
  }
  return field
}

/**
 * The field with its `charset` parameter set; the other parameters stay.
 *
 * @throws TypeError when the type is malformed.
 */
export function withCharset(field: string, charset: string): string {
  if (charset === 'utf-8' && HAVE_UTF8.has(field)) return field
  const { type, parameters } = parseContentType(field)
  parameters.charset = charset
  return formatContentType({ type, parameters })
}

/** Reads the parameter that starts at `start` and gives the index of the `;` after it, or the length. */
function parseParameter(field: string, start: number, parameters: Record<string, string>): number {
  const semicolon = field.indexOf(';', start)
  const end = semicolon === -1 ? field.length : semicolon
  let equals = start
  // Security: an indexOf() would look beyond the `;`, each time to the end of a field such as `;;;;;;`.
  while (equals < end && field[equals] !== '=') equals++
  if (equals === end) return end

  const name = trimBlanks(field, start, equals).toLowerCase()
  const valueStart = skipBlanks(field, equals + 1, field.length)
  if (field[valueStart] === '"') return parseQuoted(field, valueStart + 1, name, parameters)
  parameters[name] ??= trimBlanks(field, valueStart, end)
  return end
}

function parseQuoted(field: string, start: number, name: string, parameters: Record<string, string>): number {
  let value = ''
  for (let index = start; index < field.length; index++) {
    if (field[index] === '"') {
      parameters[name] ??= value
      const semicolon = field.indexOf(';', index + 1)
      return semicolon === -1 ? field.length : semicolon
    }
    // RFC 9110 §5.6.4: a backslash takes the next character as it is.
    if (field[index] === '\\' && index + 1 < field.length) index++
    value += field[index]
  }
  return field.length
}

function formatValue(value: string): string {
  if (TOKEN.test(value)) return value
  if (QUOTABLE.test(value)) return `"${value.replace(/[\\"]/g, '\\$&')}"`
  throw new TypeError(`Invalid parameter value: ${value}`)
}

function trimBlanks(text: string, start: number, end: number): string {
  const from = skipBlanks(text, start, end)
  let to = end
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  return text.slice(from, to)
}

function skipBlanks(text: string, start: number, end: number): number {
  let index = start
  while (index < end && isBlank(text.charCodeAt(index))) index++
  return index
}

function isBlank(code: number): boolean {
  return code === SPACE || code === HTAB
}
