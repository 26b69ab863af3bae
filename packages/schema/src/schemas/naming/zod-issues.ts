import { type Path, pathOf, valueAt } from './paths.js'
import { type Details, type SchemaIssue, schemaIssue, unknownKey, withoutSlashes } from './schema-issue.js'
import { codeOfUnion, meantBranch } from './unions.js'

/** An issue of Zod 4; and of Zod 3, where the names differ. */
interface ZodIssue {
  readonly code: string
  readonly message: string
  readonly path: readonly unknown[]
  readonly expected?: unknown
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly inclusive?: boolean
  readonly exact?: boolean
  readonly origin?: string
  readonly type?: string
  readonly format?: string
  readonly validation?: unknown
  readonly pattern?: string
  readonly prefix?: string
  readonly suffix?: string
  readonly includes?: string
  readonly divisor?: number
  readonly multipleOf?: number
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
  readonly options?: readonly unknown[]
  readonly errors?: readonly (readonly ZodIssue[])[]
  readonly unionErrors?: readonly { readonly issues: readonly ZodIssue[] }[]
  readonly params?: Details
}

/** The issues of Zod, in our words. */
export function nameZodIssues(issues: readonly unknown[], value: unknown): SchemaIssue[] {
  return (issues as readonly ZodIssue[]).flatMap((issue) => nameOne(issue, pathOf(issue.path, value), value))
}

function nameOne(issue: ZodIssue, path: Path, value: unknown): SchemaIssue | readonly SchemaIssue[] {
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => unknownKey(path, key))
  if (issue.code === 'invalid_union') return nameUnion(issue, path, value)
  const isMissing = MISSING_CODES.has(issue.code) && valueAt(value, path) === undefined
  const name = isMissing ? REQUIRED : (NAMES[issue.code] ?? CUSTOM)
  return schemaIssue(name.code(issue), path, issue.message, name.details(issue))
}

/** A branch of a union that was meant is told of as if there were no union; its paths begin where the union is. */
function nameUnion(issue: ZodIssue, path: Path, value: unknown): readonly SchemaIssue[] {
  const at = valueAt(value, path)
  if (at === undefined) return [schemaIssue('required', path, issue.message)]
  const found = issue.errors ?? branchesOfZod3(issue)
  // Zod 4 gives none when no branch has the tag: the issue is the tag's then.
  if (found.length === 0) {
    const details = issue.options === undefined ? {} : { allowed: issue.options }
    return [schemaIssue('not_allowed', path, issue.message, details)]
  }
  const branches = found.map((issues) => nameZodIssues(issues, at))
  const meant = meantBranch(branches)
  if (meant !== null) return meant.map((one) => ({ ...one, path: [...path, ...one.path] }))
  const { code, details } = codeOfUnion(branches)
  return [schemaIssue(code, path, issue.message, details)]
}

/** The paths of Zod 3 begin at the root; those of Zod 4 where the union is. */
function branchesOfZod3(issue: ZodIssue): readonly (readonly ZodIssue[])[] {
  return (issue.unionErrors ?? []).map((error) =>
    error.issues.map((one) => ({ ...one, path: one.path.slice(issue.path.length) })),
  )
}

/** Codes that a value which is not there may get. */
const MISSING_CODES: ReadonlySet<string> = new Set([
  'invalid_type',
  'invalid_value',
  'invalid_literal',
  'invalid_enum_value',
])

interface Name {
  code(issue: ZodIssue): SchemaIssue['code']
  details(issue: ZodIssue): Details
}

const REQUIRED: Name = { code: () => 'required', details: expected }
const CUSTOM: Name = {
  code: () => 'custom',
  details: ({ params }) => (params === undefined ? {} : { params }),
}
const NOT_ALLOWED: Name = {
  code: () => 'not_allowed',
  details: ({ values, options, expected: one }) => ({ allowed: values ?? options ?? [one] }),
}
const FORMAT: Name = {
  code: ({ format, validation }) => (isPattern(format ?? validation) ? 'pattern' : 'format'),
  details: formatDetails,
}

const NAMES: Readonly<Record<string, Name>> = {
  invalid_type: {
    code: (issue) => (issue.expected === 'nonoptional' ? 'required' : 'type'),
    details: expected,
  },
  too_small: { code: () => 'too_small', details: (issue) => limit('minimum', issue.minimum, issue) },
  too_big: { code: () => 'too_big', details: (issue) => limit('maximum', issue.maximum, issue) },
  invalid_format: FORMAT,
  invalid_string: FORMAT,
  invalid_date: { code: () => 'type', details: () => ({ expected: 'date' }) },
  not_multiple_of: {
    code: () => 'multiple_of',
    details: ({ divisor, multipleOf }) => ({ multipleOf: divisor ?? multipleOf }),
  },
  invalid_value: NOT_ALLOWED,
  invalid_literal: NOT_ALLOWED,
  invalid_enum_value: NOT_ALLOWED,
  invalid_key: { code: () => 'unknown_key', details: (issue) => ({ key: issue.path.at(-1) }) },
}

function expected(issue: ZodIssue): Details {
  if (issue.expected === undefined) return {}
  return { expected: issue.expected === 'int' ? 'integer' : issue.expected }
}

function limit(name: 'minimum' | 'maximum', value: unknown, issue: ZodIssue): Details {
  return {
    [name]: typeof value === 'bigint' ? Number(value) : value,
    ...(issue.inclusive === false && { exclusive: true }),
    ...(issue.exact === true && { exact: true }),
    of: issue.origin ?? issue.type,
  }
}

const PATTERNS: ReadonlySet<unknown> = new Set(['regex', 'starts_with', 'ends_with', 'includes'])

function isPattern(format: unknown): boolean {
  return PATTERNS.has(format) || (typeof format === 'object' && format !== null)
}

function formatDetails({ format, validation, pattern, prefix, suffix, includes }: ZodIssue): Details {
  if (prefix !== undefined) return { startsWith: prefix }
  if (suffix !== undefined) return { endsWith: suffix }
  if (includes !== undefined) return { includes }
  if (format === 'regex') return { pattern: withoutSlashes(String(pattern)) }
  return typeof validation === 'object' && validation !== null
    ? { ...validation }
    : { format: format ?? validation }
}
