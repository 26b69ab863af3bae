import type { IssueCode } from '../../types/issue.js'
import { type Path, pathOf, valueAt } from './paths.js'
import { type Details, type SchemaIssue, schemaIssue, unknownKey } from './schema-issue.js'

interface ArkTypeIssue {
  readonly code: string
  readonly path: readonly unknown[]
  readonly message: string
  readonly expected: string
  readonly data: unknown
  readonly rule?: unknown
  readonly exclusive?: boolean
  readonly unit?: unknown
  readonly errors?: readonly ArkTypeIssue[]
  readonly meta?: { readonly format?: string }
  readonly input?: { readonly actual?: unknown; readonly predicate?: unknown }
}

/** The issues of ArkType, in our words. */
export function nameArktypeIssues(issues: readonly unknown[], value: unknown): SchemaIssue[] {
  const flat = (issues as readonly ArkTypeIssue[]).flatMap((issue) =>
    // All that is wrong with one value comes as one.
    issue.code === 'intersection' ? (issue.errors ?? [issue]) : issue,
  )
  return flat.map((issue) => nameOne(issue, pathOf([...issue.path], value), value))
}

function nameOne(issue: ArkTypeIssue, path: Path, value: unknown): SchemaIssue {
  if (isUnknownKey(issue)) return unknownKey(path.slice(0, -1), String(path.at(-1)))
  if (issue.code === 'required' || isMissing(issue, path, value))
    return schemaIssue('required', path, issue.message)
  const [code, details] = named(issue)
  return schemaIssue(code, path, issue.message, details)
}

function isUnknownKey(issue: ArkTypeIssue): boolean {
  return issue.code === 'predicate' && issue.expected === 'removed' && issue.input?.predicate === undefined
}

const BASIC: ReadonlySet<string> = new Set(['domain', 'proto', 'unit', 'union', 'predicate'])

function isMissing(issue: ArkTypeIssue, path: Path, value: unknown): boolean {
  return BASIC.has(issue.code) && issue.data === undefined && valueAt(value, path) === undefined
}

function named(issue: ArkTypeIssue): readonly [IssueCode, Details] {
  const { code, rule, expected } = issue
  switch (code) {
    case 'domain':
    case 'proto':
      return ['type', { expected: expected.replace(/^an? /, '') }]
    case 'unit':
      return ['not_allowed', { allowed: [issue.unit] }]
    case 'union':
      return namedUnion(issue)
    case 'min':
    case 'minLength':
    case 'after':
      return ['too_small', { minimum: rule, ...exclusive(issue) }]
    case 'max':
    case 'maxLength':
    case 'before':
      return ['too_big', { maximum: rule, ...exclusive(issue) }]
    case 'exactLength':
      return namedLength(issue)
    case 'divisor':
      return rule === 1 ? ['type', { expected: 'integer' }] : ['multiple_of', { multipleOf: rule }]
    case 'pattern':
      return formatOf(issue) ?? ['pattern', { pattern: String(rule) }]
    case 'predicate': {
      const format = formatOf(issue)
      if (format !== null) return format
      return isDiscriminant(issue) ? namedDiscriminant(expected) : ['custom', { expected }]
    }
    default:
      return ['custom', { expected }]
  }
}

function exclusive(issue: ArkTypeIssue): Details {
  return issue.exclusive === true ? { exclusive: true } : {}
}

/** Formats that are told by their description only. */
const FORMATS: Readonly<Record<string, string>> = {
  'an email address': 'email',
  'a URL string': 'url',
  'an IP address': 'ip',
  'an IPv4 address': 'ipv4',
  'an IPv6 address': 'ipv6',
}

function formatOf({ meta, expected }: ArkTypeIssue): readonly [IssueCode, Details] | null {
  const format = meta?.format ?? FORMATS[expected]
  return format === undefined ? null : ['format', { format }]
}

/** Of a union whose branches are told apart by a tag, or by their types: what is expected comes as a predicate that nobody wrote. */
function isDiscriminant({ input }: ArkTypeIssue): boolean {
  return input?.actual !== undefined && input.predicate === undefined
}

const TYPES: ReadonlySet<string> = new Set([
  'boolean',
  'null',
  'undefined',
  'a bigint',
  'a number',
  'an object',
  'a string',
  'a symbol',
])

function namedDiscriminant(expected: string): readonly [IssueCode, Details] {
  // A boolean is a union to ArkType.
  if (expected === 'boolean' || expected === 'false or true') return ['type', { expected: 'boolean' }]
  const parts = expected.split(/, (?:or )?| or /)
  return parts.every((part) => TYPES.has(part))
    ? ['type', { expected: parts.map((part) => part.replace(/^an? /, '')).join(' | ') }]
    : ['not_allowed', { expected }]
}

function namedUnion(issue: ArkTypeIssue): readonly [IssueCode, Details] {
  const errors = issue.errors ?? []
  const units = new Set(errors.map((one) => one.unit))
  if (units.size === 2 && units.has(true) && units.has(false)) return ['type', { expected: 'boolean' }]
  const isEnumeration = errors.length > 0 && errors.every((one) => one.code === 'unit')
  return isEnumeration
    ? ['not_allowed', { allowed: errors.map((one) => one.unit) }]
    : ['type', { expected: issue.expected }]
}

function namedLength({ rule, data }: ArkTypeIssue): readonly [IssueCode, Details] {
  const length = (data as { length?: number } | null)?.length ?? 0
  return length < Number(rule)
    ? ['too_small', { minimum: rule, exact: true }]
    : ['too_big', { maximum: rule, exact: true }]
}
