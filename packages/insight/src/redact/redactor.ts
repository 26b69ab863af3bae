import type { RedactOptions, Redactor } from '../types/redact.js'
import { redactCookies, redactSetCookie } from './cookies.js'
import { redactJson } from './json.js'
import { redactPairs, redactUrl } from './pairs.js'
import { compileFieldNames, compileParameterNames } from './secret-names.js'

export const REDACTED = '[redacted]'

/** A JSON Web Token gives itself away, wherever it stands. */
const TOKEN = /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g

/** Fields whose value is a URL, or holds some. */
const URL_FIELDS = new Set(['referer', 'location', 'content-location', 'x-original-url', 'x-rewrite-url'])

/**
 * Takes secrets out of what is kept and shown of a request. The form stays: names of cookies and parameters, and the
 * scheme of an `Authorization`, so that one can still see what was sent.
 */
export function createRedactor(options: RedactOptions = {}): Redactor {
  const isSecretField = compileFieldNames(options.fields)
  const isSecret = compileParameterNames(options.parameters)
  const patterns = [TOKEN, ...(options.patterns ?? []).map(everywhere)]
  const text = (value: string): string => replaceAll(value, patterns)
  const url = (value: string): string => text(redactUrl(value, isSecret, REDACTED))
  return {
    url,
    text,
    field(name, value) {
      const lower = name.toLowerCase()
      if (isSecretField(lower)) return secretField(lower, value)
      return URL_FIELDS.has(lower) ? url(value) : text(value)
    },
    body(value, contentType) {
      const type = (contentType ?? '').toLowerCase()
      if (/[/+]json\b/.test(type)) return text(redactJson(value, isSecret, REDACTED))
      if (type.startsWith('application/x-www-form-urlencoded')) {
        return text(redactPairs(value, isSecret, REDACTED))
      }
      return text(value)
    },
  }
}

function secretField(lower: string, value: string): string {
  if (lower === 'cookie') return redactCookies(value, REDACTED)
  if (lower === 'set-cookie') return redactSetCookie(value, REDACTED)
  const scheme = /^(?:basic|bearer|digest|negotiate|dpop|aws4-hmac-sha256)(?=\s)/i.exec(value)
  return scheme === null ? REDACTED : `${scheme[0]} ${REDACTED}`
}

function replaceAll(value: string, patterns: readonly RegExp[]): string {
  let result = value
  for (const pattern of patterns) result = result.replace(pattern, REDACTED)
  return result
}

/** A pattern without the flag `g` would replace the first only; one with `y` none but at the start. */
function everywhere(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, `${pattern.flags.replaceAll(/[gy]/g, '')}g`)
}
