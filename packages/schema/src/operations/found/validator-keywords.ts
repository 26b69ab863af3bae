import type { JsonSchema } from '../../types/json-schema.js'

/*
 * What the validators of validator.js, which express-validator runs, say in the words of JSON Schema. They judge texts: of a number
 * they take `7` and `'7'`, so it is said to be a number. What has no words here is a text.
 */

type Say = (first: unknown, second: unknown) => JsonSchema

const OPTIONS = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const text = (more: JsonSchema = {}): Say => {
  return () => ({ type: 'string', ...more })
}

/** By the name of the function. */
const VALIDATORS: Readonly<Record<string, Say>> = {
  isInt: (options) => ({ type: 'integer', ...boundsOf(options) }),
  isFloat: (options) => ({ type: 'number', ...boundsOf(options) }),
  isDecimal: () => ({ type: 'number' }),
  isNumeric: () => ({ type: 'number' }),
  isDivisibleBy: (number) => (Number(number) > 0 ? { type: 'integer', multipleOf: Number(number) } : {}),
  isPort: () => ({ type: 'integer', minimum: 0, maximum: 65_535 }),
  isBoolean: () => ({ type: 'boolean' }),
  isEmail: text({ format: 'email' }),
  isURL: text({ format: 'uri' }),
  isUUID: text({ format: 'uuid' }),
  isRFC3339: text({ format: 'date-time' }),
  isDate: text({ format: 'date' }),
  isFQDN: text({ format: 'hostname' }),
  isIP: (version) => ipOf(OPTIONS(version)['version'] ?? version),
  isMongoId: text({ pattern: '^[0-9a-fA-F]{24}$' }),
  isHexadecimal: text({ pattern: '^(?:0[xX])?[0-9a-fA-F]+$' }),
  isHexColor: text({ pattern: '^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$' }),
  isLowercase: text({ pattern: '^\\P{Lu}*$' }),
  isUppercase: text({ pattern: '^\\P{Ll}*$' }),
  isSlug: text({ pattern: '^[a-z0-9]+(?:[-_][a-z0-9]+)*$' }),
  isLength: lengthOf,
  isByteLength: text(),
  isIn: (values) => (Array.isArray(values) ? { enum: [...values] } : { enum: Object.keys(OPTIONS(values)) }),
  equals: (value) => (isPlain(value) ? { const: value } : {}),
  matches: (pattern, flags) => patternOf(pattern, flags),
  contains: (part) => (typeof part === 'string' ? { type: 'string', pattern: escaped(part) } : {}),
}

/** Of no use for a description, or of a value that may be anything. */
const SILENT = new Set(['isEmpty', 'isWhitelisted', 'toString'])

/** What a validator says of a value; null for one that says nothing. */
export function keywordsOf(name: string, options: readonly unknown[], isNegated: boolean): JsonSchema | null {
  if (isNegated) return negatedOf(name, options)
  if (SILENT.has(name)) return null
  const say = Object.hasOwn(VALIDATORS, name) ? VALIDATORS[name] : undefined
  if (say !== undefined) return say(options[0], options[1])
  return name.startsWith('is') ? { type: 'string' } : null
}

/** What a sanitizer makes of a value says what it is meant to be. */
export function typeOfSanitizer(name: string): JsonSchema | null {
  if (name === 'toInt') return { type: 'integer' }
  if (name === 'toFloat') return { type: 'number' }
  if (name === 'toBoolean') return { type: 'boolean' }
  return name === 'toArray' ? { type: 'array' } : null
}

function negatedOf(name: string, options: readonly unknown[]): JsonSchema | null {
  if (name === 'isEmpty') return { minLength: 1 }
  return name === 'isIn' && Array.isArray(options[0])
    ? { not: { enum: [...(options[0] as unknown[])] } }
    : null
}

function boundsOf(given: unknown): JsonSchema {
  const { min, max, gt, lt } = OPTIONS(given)
  return {
    ...numeric('minimum', min),
    ...numeric('maximum', max),
    ...numeric('exclusiveMinimum', gt),
    ...numeric('exclusiveMaximum', lt),
  }
}

function lengthOf(given: unknown, second: unknown): JsonSchema {
  const { min, max } = typeof given === 'number' ? { min: given, max: second } : OPTIONS(given)
  return { type: 'string', ...(min === 0 ? {} : numeric('minLength', min)), ...numeric('maxLength', max) }
}

function numeric(keyword: string, value: unknown): JsonSchema {
  return typeof value === 'number' && Number.isFinite(value) ? { [keyword]: value } : {}
}

function ipOf(version: unknown): JsonSchema {
  if (String(version) === '4') return { type: 'string', format: 'ipv4' }
  if (String(version) === '6') return { type: 'string', format: 'ipv6' }
  return { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }
}

/** JSON Schema has no flags. */
function patternOf(pattern: unknown, flags: unknown): JsonSchema {
  if (typeof pattern === 'string' && (flags === undefined || flags === '')) return { type: 'string', pattern }
  const isSayable = pattern instanceof RegExp && pattern.flags.replace(/[gu]/g, '') === ''
  return isSayable ? { type: 'string', pattern: pattern.source } : { type: 'string' }
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
