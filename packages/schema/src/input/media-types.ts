import type { InputRequest } from './request.js'

/** Whether the head of a request announces a body that is not empty. RFC 9112 §6.3, and the stream of HTTP/2. */
export function hasBody(req: InputRequest): boolean {
  const { headers } = req
  const length = headers['content-length']
  if (length !== undefined) return Number(length) !== 0
  if (headers['transfer-encoding'] !== undefined) return true
  return (req.httpVersionMajor ?? 1) > 1 && req.stream?.endAfterHeaders === false
}

/** The media type of a body in lower case, without parameters; empty where none is named. */
export function mediaTypeOf(contentType: string | undefined): string {
  if (contentType === undefined) return ''
  const end = contentType.indexOf(';')
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase()
}

/**
 * Whether a field `Content-Type` has the form of RFC 9110 §8.3.1, as far as its parameters go. Parsers pass over a body whose field they
 * can't read.
 */
export function isWellFormed(contentType: string): boolean {
  return PARAMETERS.test(contentType)
}

const PARAMETERS = /^[^;]*(?:;[ \t]*[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*")[ \t]*)*$/

/** Whether a media type belongs to a range such as `image/*`, `text/*` or `application/*+json`. */
export function isOfType(type: string, range: string): boolean {
  if (type === range || range === '*/*') return type !== ''
  const [main, sub] = range.split('/', 2) as [string, string]
  const slash = type.indexOf('/')
  if (main !== '*' && type.slice(0, slash) !== main) return false
  if (sub === '*') return slash !== -1
  return sub.startsWith('*+') && type.endsWith(sub.slice(1))
}

/** Whether bodies of this type are JSON: `application/json`, and all whose name ends in `+json`. */
export function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json')
}

/** Whether bodies of this type hold texts only. */
export function isForm(type: string): boolean {
  return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
}

/** The middleware that would have parsed a body of this type, for the developer who has none. */
export function parserFor(type: string): string {
  if (isJson(type)) {
    return type === 'application/json' ? 'express.json()' : `express.json({ type: ${JSON.stringify(type)} })`
  }
  if (type === 'application/x-www-form-urlencoded') return 'express.urlencoded()'
  if (type === 'multipart/form-data') return 'multer().none(), or another of its methods,'
  const reader = type.startsWith('text/') ? 'text' : 'raw'
  return type === 'text/plain' ? 'express.text()' : `express.${reader}({ type: ${JSON.stringify(type)} })`
}
