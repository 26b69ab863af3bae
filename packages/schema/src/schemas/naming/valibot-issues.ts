import type { IssueCode } from '../../types/issue.js'
import { type Path, pathOf, valueAt } from './paths.js'
import { type Details, type SchemaIssue, schemaIssue, unknownKey } from './schema-issue.js'
import { codeOfUnion } from './unions.js'

interface ValibotIssue {
  readonly kind: 'schema' | 'validation' | 'transformation'
  readonly type: string
  readonly message: string
  readonly expected: string | null
  readonly requirement?: unknown
  readonly path?: readonly { readonly key: unknown; readonly origin?: string }[]
  readonly issues?: readonly ValibotIssue[]
}

/** The issues of Valibot, in our words. */
export function nameValibotIssues(issues: readonly unknown[], value: unknown): SchemaIssue[] {
  return (issues as readonly ValibotIssue[]).map((issue) => nameOne(issue, value))
}

function nameOne(issue: ValibotIssue, value: unknown): SchemaIssue {
  const path = pathOf(issue.path, value)
  if (issue.kind !== 'schema') return nameCheck(issue, path)
  // A strict object stops at the first key that it does not know.
  if (issue.expected === 'never' && issue.path?.at(-1)?.origin === 'key') {
    return unknownKey(path.slice(0, -1), String(path.at(-1)))
  }
  if (valueAt(value, path) === undefined) return schemaIssue('required', path, issue.message)
  if (issue.type === 'union' && issue.issues !== undefined) return nameUnion(issue, path, value)
  if (issue.type === 'custom') return schemaIssue('custom', path, issue.message)
  // The path of a `variant` leads to its tag when no branch has that.
  const isTag = issue.type === 'variant' && path.length > 0 && issue.expected !== 'Object'
  const allowed = isTag || ENUMERATIONS.has(issue.type) ? allowedOf(issue) : null
  if (allowed !== null) return schemaIssue('not_allowed', path, issue.message, allowed)
  return schemaIssue(
    'type',
    path,
    issue.message,
    issue.expected === null ? {} : { expected: typeOf(issue.expected) },
  )
}

/** The issues of all branches come as one list, so the branch that was meant can't be told. */
function nameUnion(issue: ValibotIssue, path: Path, value: unknown): SchemaIssue {
  const at = valueAt(value, path)
  const { code, details } = codeOfUnion((issue.issues ?? []).map((one) => [nameOne(one, at)]))
  return schemaIssue(code, path, issue.message, { expected: issue.expected, ...details })
}

const ENUMERATIONS: ReadonlySet<string> = new Set(['literal', 'picklist', 'enum'])

function typeOf(expected: string): string {
  return expected === 'Object' || expected === 'Array' ? expected.toLowerCase() : expected
}

/** The values are only told as text: `("red" | "green")`. */
function allowedOf({ expected }: ValibotIssue): Details {
  try {
    return {
      allowed: expected!
        .replace(/^\((.*)\)$/s, '$1')
        .split(' | ')
        .map((one) => JSON.parse(one) as unknown),
    }
  } catch {
    return { expected }
  }
}

function nameCheck(issue: ValibotIssue, path: Path): SchemaIssue {
  const { type, message, requirement } = issue
  const limit = LIMITS[type]
  if (limit !== undefined) return schemaIssue(limit[0], path, message, limit[1](plain(requirement)))
  if (PATTERNS.has(type))
    return schemaIssue('pattern', path, message, { [patternDetail(type)]: plain(requirement) })
  if (FORMATS.has(type)) return schemaIssue('format', path, message, { format: type.replaceAll('_', '-') })
  return schemaIssue(
    'custom',
    path,
    message,
    requirement === undefined ? {} : { requirement: plain(requirement) },
  )
}

function plain(requirement: unknown): unknown {
  if (typeof requirement === 'bigint') return Number(requirement)
  if (requirement instanceof RegExp) return requirement.source
  return typeof requirement === 'function' ? undefined : requirement
}

const PATTERNS: ReadonlySet<string> = new Set(['regex', 'starts_with', 'ends_with', 'includes', 'excludes'])

function patternDetail(type: string): string {
  if (type === 'regex') return 'pattern'
  return type === 'starts_with' ? 'startsWith' : type === 'ends_with' ? 'endsWith' : type
}

const FORMATS: ReadonlySet<string> = new Set(
  (
    'base64 bic credit_card cuid2 decimal digits domain email emoji hash hex_color hexadecimal imei ip ipv4 ipv6 isbn iso_date ' +
    'iso_date_time iso_date_time_second iso_time iso_time_second iso_timestamp iso_week isrc jws_compact ksuid mac mac48 mac64 ' +
    'mime_type nanoid octal rfc_email slug ulid url uuid'
  ).split(' '),
)

type Limit = readonly [IssueCode, (requirement: unknown) => Details]

const minimum: Limit = ['too_small', (limit) => ({ minimum: limit })]
const maximum: Limit = ['too_big', (limit) => ({ maximum: limit })]
const NOT_ALLOWED: Limit = ['not_allowed', (values) => ({ allowed: [values].flat() })]

/** `min_length`, `max_bytes` and the like are made below, for all that can be counted. */
const LIMITS: Readonly<Record<string, Limit>> = {
  min_value: minimum,
  max_value: maximum,
  gt_value: ['too_small', (limit) => ({ minimum: limit, exclusive: true })],
  lt_value: ['too_big', (limit) => ({ maximum: limit, exclusive: true })],
  non_empty: ['too_small', () => ({ minimum: 1 })],
  empty: ['too_big', () => ({ maximum: 0 })],
  value: NOT_ALLOWED,
  values: NOT_ALLOWED,
  multiple_of: ['multiple_of', (requirement) => ({ multipleOf: requirement })],
  integer: ['type', () => ({ expected: 'integer' })],
  safe_integer: ['type', () => ({ expected: 'integer' })],
  finite: ['type', () => ({ expected: 'number' })],
  ...Object.fromEntries(
    ['length', 'size', 'bytes', 'entries', 'words', 'graphemes', 'code_points'].flatMap((measure) => [
      [`min_${measure}`, minimum],
      [`max_${measure}`, maximum],
    ]),
  ),
}
