import { type AnyHandler, closureScopes } from '@nozomi/insight/layers'
import type { JsonSchema } from '../../types/json-schema.js'
import { parseFieldPath } from './field-path.js'
import type { FoundField, FoundPlace, FoundRules } from './found-rules.js'
import { keywordsOf, typeOfSanitizer } from './validator-keywords.js'

/*
 * Chains of express-validator 6 and 7: `body('age').isInt()`, those that `checkSchema()` makes, and what `oneOf()` and `checkExact()`
 * close over. A chain keeps its `builder`: the fields, where they may stand, and a stack of what is done with each.
 */

interface Builder {
  readonly fields: readonly string[]
  readonly locations: readonly FoundPlace[]
  readonly stack: readonly Item[]
  /** `undefined`, `null` or `falsy` are let through; false for none. */
  readonly optional: unknown
}

/** One step of a chain; which members it has says what it is. */
interface Item {
  readonly validator?: unknown
  readonly negated?: unknown
  readonly options?: unknown
  readonly sanitizer?: unknown
  readonly condition?: unknown
  readonly chain?: unknown
}

const PLACES: ReadonlySet<string> = new Set([
  'params',
  'query',
  'headers',
  'cookies',
  'body',
] satisfies FoundPlace[])

/** What a chain says, or a group of chains; null for any other function. */
export function readChain(handler: AnyHandler): FoundRules | null {
  const builder = builderOf(handler)
  const fields = builder === null ? fieldsOfGroup(handler) : fieldsOf(builder)
  return fields.length === 0 ? null : { source: 'express-validator', contract: null, fields }
}

function builderOf(handler: unknown): Builder | null {
  if (typeof handler !== 'function') return null
  const { builder } = handler as { builder?: Partial<Builder> }
  if (typeof builder !== 'object' || builder === null) return null
  const { fields, locations, stack } = builder
  return [fields, locations, stack].every(Array.isArray) ? (builder as Builder) : null
}

/** `oneOf` and `checkExact` run chains that only their closure holds. Of alternatives no field is required. */
function fieldsOfGroup(handler: AnyHandler): FoundField[] {
  const { run } = handler as { run?: unknown }
  if (typeof run !== 'function' || run.name !== 'run') return []
  // Parameters with defaults are in a scope of their own.
  const { chainsArr, chains }: Record<string, unknown> = Object.assign(
    {},
    ...closureScopes(handler).slice(0, 2),
  )
  const isExact = Array.isArray(chainsArr)
  const list = isExact ? chainsArr : chains
  if (!Array.isArray(list)) return []
  const fields = (list as unknown[]).flat(2).flatMap((chain) => {
    const builder = builderOf(chain)
    return builder === null ? [] : fieldsOf(builder)
  })
  return fields.map((field) => (isExact ? { ...field, isExact } : { ...field, isRequired: false }))
}

function fieldsOf({ fields, locations, stack, optional }: Builder): FoundField[] {
  const places = locations.filter((place) => PLACES.has(place))
  const { schema, isRequired } = ruleOf(stack)
  return fields.flatMap((field) => {
    const path = parseFieldPath(field)
    if (path === null || places.length === 0) return []
    return [{ places, path, schema: { ...schema }, isRequired: isRequired && !optional, isExact: false }]
  })
}

/** What the steps of a chain say of a value. What stands behind a condition is not for every request. */
function ruleOf(stack: readonly Item[]): { schema: JsonSchema; isRequired: boolean } {
  const schema: JsonSchema = {}
  let isRequired = false
  for (const item of stack) {
    if (item.condition !== undefined || item.chain !== undefined) break
    const said = saidBy(item)
    if (said === null) continue
    isRequired ||= said.isRequired
    Object.assign(schema, said.keywords, mergedType(schema, said.keywords))
  }
  return { schema: withoutForeign(schema), isRequired }
}

interface Said {
  readonly keywords: JsonSchema
  /** It fails where there is no value. */
  readonly isRequired: boolean
}

function saidBy({ validator, negated, options, sanitizer }: Item): Said | null {
  if (typeof sanitizer === 'function') {
    const keywords = typeOfSanitizer(sanitizer.name)
    return keywords === null ? null : { keywords, isRequired: false }
  }
  if (typeof validator !== 'function') return null
  const isNegated = negated === true
  if (!Array.isArray(options)) return isNegated ? null : saidByCustom(validator as AnyHandler)
  const keywords = keywordsOf(validator.name, options, isNegated)
  const isRequired = isNegated ? validator.name === 'isEmpty' : !takesEmpty(validator.name, options)
  return keywords === null && !isRequired ? null : { keywords: keywords ?? {}, isRequired }
}

/** What is absent is judged as an empty text. */
function takesEmpty(name: string, [first]: readonly unknown[]): boolean {
  if (name === 'isLength' || name === 'isByteLength')
    return !((first as { min?: number } | undefined)?.min ?? 0)
  return ['isEmpty', 'isLowercase', 'isUppercase', 'isWhitelisted', 'matches', 'contains'].includes(name)
}

/** `isString()`, `isArray()`, `isObject()` and `exists()` are functions without a name, told by what they do. */
function saidByCustom(validator: AnyHandler): Said | null {
  const source = Function.prototype.toString.call(validator)
  if (source.includes("typeof value === 'string'")) return { keywords: { type: 'string' }, isRequired: true }
  if (source.includes('Array.isArray(value) &&')) return { keywords: listOf(validator), isRequired: true }
  if (source.includes("typeof value === 'object' &&"))
    return { keywords: { type: 'object' }, isRequired: true }
  const isExists = /^value => (?:!!value|value != null|value !== undefined)$/.test(source)
  return isExists ? { keywords: {}, isRequired: true } : null
}

function listOf(validator: AnyHandler): JsonSchema {
  const [scope = {}] = closureScopes(validator)
  const { min, max } = (scope['options'] ?? {}) as { min?: unknown; max?: unknown }
  return {
    type: 'array',
    ...(typeof min === 'number' ? { minItems: min } : {}),
    ...(typeof max === 'number' ? { maxItems: max } : {}),
  }
}

/** Numbers and lists say more than the text that they are judged as. */
function mergedType(known: JsonSchema, more: JsonSchema): JsonSchema {
  if (known.type === undefined || known.type === 'string' || more.type === undefined) return {}
  return { type: more.type === 'string' || more.type === 'number' ? known.type : more.type }
}

/** Bounds on the length of a text are none of a number; values that are allowed say their type themselves. */
function withoutForeign(schema: JsonSchema): JsonSchema {
  const { minLength, maxLength, ...rest } = schema
  if (schema.type !== undefined && schema.type !== 'string') return rest
  if (minLength === undefined && maxLength === undefined) return schema
  return { ...schema, type: 'string' }
}
