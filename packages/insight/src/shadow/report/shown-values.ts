import { redactUrl } from '../../redact/pairs.js'
import { compileFieldNames, compileParameterNames } from '../../redact/secret-names.js'
import type { Point } from '../../types/shadow.js'

/*
 * How values stand in a report, which ends in the logs of a CI: cut to a length, and without secrets.
 */

/** Values are shown this long. */
const SHOWN = 300

const isSecretField = compileFieldNames()
const isSecretMember = compileParameterNames()

/** A value of a point; of a secret its length alone. */
export function showValue(point: Pick<Point, 'what' | 'where'>, value: string): string {
  if (value === '(absent)' || !isSecret(point)) return shorten(value)
  return `[redacted, ${value.length} characters]`
}

/** A target, without the secrets in its query. */
export function showTarget(url: string): string {
  return shorten(redactUrl(url, isSecretMember, '[redacted]'))
}

/** Values of cookies are; their attributes, which stand as `Set-Cookie sid path`, are not. */
function isSecret({ what, where }: Pick<Point, 'what' | 'where'>): boolean {
  if (what === 'field') return /^set-cookie \S+$/i.test(where) || isSecretField(where.toLowerCase())
  if (what !== 'body') return false
  const member = /\.([^.[\]]+)$|\["([^"]+)"\]$/.exec(where)
  return member !== null && isSecretMember(member[1] ?? member[2] ?? '')
}

function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
