import type { IssueCode } from '../../types/issue.js'
import { pathOf, valueAt } from './paths.js'
import { type Details, type SchemaIssue, schemaIssue, unknownKey, withoutSlashes } from './schema-issue.js'
import { codeOfUnion } from './unions.js'

/** One of the `details` of a ValidationError of Joi 17 or 18. */
interface JoiDetail {
  readonly type?: string
  readonly message: string
  readonly path: readonly (string | number)[]
  readonly context?: Details & {
    readonly limit?: unknown
    readonly valids?: readonly unknown[]
    readonly details?: readonly JoiDetail[]
  }
}

/** The issues of Joi, in our words. */
export function nameJoiIssues(issues: readonly unknown[], value: unknown): SchemaIssue[] {
  return (issues as readonly JoiDetail[]).map((detail) => nameOne(detail, value))
}

function nameOne(detail: JoiDetail, value: unknown): SchemaIssue {
  const path = pathOf(detail.path, value)
  const { type = '', message, context = {} } = detail
  if (type === 'object.unknown') return unknownKey(path.slice(0, -1), String(path.at(-1)))
  if (type === 'alternatives.match' && context.details !== undefined) {
    const { code, details } = codeOfUnion(
      context.details.map((one) => relative(nameOne(one, value), path.length)),
    )
    return schemaIssue(code, path, message, details)
  }
  const code = codeOf(type)
  const isMissing = code === 'type' && valueAt(value, path) === undefined
  return isMissing
    ? schemaIssue('required', path, message)
    : schemaIssue(code, path, message, detailsOf(type, code, context))
}

function relative(issue: SchemaIssue, depth: number): [SchemaIssue] {
  return [{ ...issue, path: issue.path.slice(depth) }]
}

function codeOf(type: string): IssueCode {
  return CODES[type] ?? (type.endsWith('.base') ? 'type' : type.startsWith('string.') ? 'format' : 'custom')
}

/** What is not here: `….base` is `type`, other rules of strings are `format`, the rest is `custom`. */
const CODES: Readonly<Record<string, IssueCode>> = {
  'any.required': 'required',
  'object.missing': 'required',
  'object.with': 'required',
  'object.and': 'required',
  'any.only': 'not_allowed',
  'any.invalid': 'not_allowed',
  'any.unknown': 'not_allowed',
  'array.excludes': 'not_allowed',
  'symbol.map': 'not_allowed',
  'string.empty': 'too_small',
  'string.min': 'too_small',
  'array.min': 'too_small',
  'object.min': 'too_small',
  'binary.min': 'too_small',
  'number.min': 'too_small',
  'number.greater': 'too_small',
  'number.positive': 'too_small',
  'date.min': 'too_small',
  'date.greater': 'too_small',
  'string.max': 'too_big',
  'array.max': 'too_big',
  'array.orderedLength': 'too_big',
  'object.max': 'too_big',
  'binary.max': 'too_big',
  'number.max': 'too_big',
  'number.less': 'too_big',
  'number.negative': 'too_big',
  'date.max': 'too_big',
  'date.less': 'too_big',
  'string.length': 'custom',
  'string.pattern.base': 'pattern',
  'string.pattern.name': 'pattern',
  'string.pattern.invert.base': 'pattern',
  'string.pattern.invert.name': 'pattern',
  'date.format': 'format',
  'number.port': 'format',
  'number.integer': 'type',
  'number.unsafe': 'type',
  'number.infinity': 'type',
  'alternatives.types': 'type',
  'object.instance': 'type',
  'number.multiple': 'multiple_of',
  'array.unique': 'not_unique',
}

const EXCLUSIVE: ReadonlySet<string> = new Set([
  'number.greater',
  'number.less',
  'number.positive',
  'number.negative',
  'date.greater',
  'date.less',
])

function detailsOf(type: string, code: IssueCode, context: NonNullable<JoiDetail['context']>): Details {
  switch (code) {
    case 'type':
      return { expected: type === 'number.integer' ? 'integer' : typesOf(type, context) }
    case 'too_small':
      return { minimum: context.limit ?? (type === 'string.empty' ? 1 : 0), ...exclusive(type) }
    case 'too_big':
      return { maximum: context.limit ?? 0, ...exclusive(type) }
    case 'not_allowed':
      return context.valids === undefined ? {} : { allowed: context.valids }
    case 'pattern':
      return { pattern: withoutSlashes(String(context['name'] ?? context['regex'])) }
    case 'format':
      return { format: context['format'] ?? type.slice(type.indexOf('.') + 1) }
    case 'multiple_of':
      return { multipleOf: context['multiple'] }
    case 'custom':
      return { params: ownParams(context) }
    default:
      return context.limit === undefined ? {} : { limit: context.limit }
  }
}

/** What a rule told of itself: `helpers.error('stock.short', { left: 2 })`. The others are of every issue, and `value` is what was sent. */
function ownParams({ label: _label, value: _value, key: _key, ...params }: Details): Details {
  return params
}

function typesOf(type: string, { types }: Details): unknown {
  return Array.isArray(types) ? types.join(' | ') : type.split('.')[0]
}

function exclusive(type: string): Details {
  return EXCLUSIVE.has(type) ? { exclusive: true } : {}
}
