import type { DescribedParameter } from '../../drift/document.js'
import { RawText } from './fuzz-input.js'

type Pair = readonly [string, string]

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

/** A parameter that is one text: in the path, a field, or a cookie. Not encoded. */
export function formatParameter({ style, explode, isJson }: DescribedParameter, value: unknown): string {
  if (isJson) return JSON.stringify(value)
  if (Array.isArray(value)) return value.map(formatScalar).join(separatorOf(style))
  if (!isRecord(value)) return formatScalar(value)
  const pairs = Object.entries(value).map(([name, one]) => [name, formatScalar(one)])
  return explode ? pairs.map((pair) => pair.join('=')).join(',') : pairs.flat().join(',')
}

/** A parameter of the query: names and values, not encoded. */
export function formatQueryParameter(
  { name, style, explode, isJson }: DescribedParameter,
  value: unknown,
): Pair[] {
  if (isJson) return [[name, JSON.stringify(value)]]
  if (Array.isArray(value)) {
    return explode
      ? value.map((one): Pair => [name, formatScalar(one)])
      : [[name, value.map(formatScalar).join(separatorOf(style))]]
  }
  if (!isRecord(value)) return [[name, formatScalar(value)]]
  if (style === 'deepObject') return formatFields(value, name)
  if (explode) return formatFields(value, '')
  return [
    [
      name,
      Object.entries(value)
        .flatMap(([key, one]) => [key, formatScalar(one)])
        .join(','),
    ],
  ]
}

/** The fields of a form: `a=1`, lists as repeated names, objects with brackets. */
export function formatFields(value: object, owner: string): Pair[] {
  return Object.entries(value).flatMap(([key, one]): Pair[] => {
    const name = owner === '' ? key : `${owner}[${key}]`
    if (Array.isArray(one)) {
      return one.flatMap((item, index): Pair[] =>
        isRecord(item) ? formatFields(item, `${name}[${index}]`) : [[name, formatScalar(item)]],
      )
    }
    return isRecord(one) ? formatFields(one, name) : [[name, formatScalar(one)]]
  })
}

/** Percent-encoded, whatever the text has. */
export function encodeText(value: unknown): string {
  if (value instanceof RawText) return value.text
  const text = String(value)
  try {
    return encodeURIComponent(text)
  } catch {
    // What is no Unicode: a half of a pair becomes U+FFFD.
    return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'))
  }
}

export function formatScalar(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof RawText) return value.text
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawText)
}

function separatorOf(style: string): string {
  return SEPARATORS[style] ?? ','
}
