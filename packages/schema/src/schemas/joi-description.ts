import type { JsonSchema } from '../types/json-schema.js'
import { linkJoi } from './joi-links.js'

/** What `describe()` of Joi 17 gives, as far as it is read here. */
interface Description {
  readonly type?: string
  readonly flags?: {
    readonly presence?: string
    readonly only?: boolean
    readonly unknown?: boolean
    readonly default?: unknown
  }
  readonly keys?: Readonly<Record<string, Description>>
  readonly patterns?: readonly unknown[]
  readonly items?: readonly Description[]
  readonly matches?: readonly { readonly schema?: Description }[]
  readonly allow?: readonly unknown[]
  readonly rules?: readonly { readonly name: string; readonly args?: { readonly limit?: unknown } }[]
}

/** The schema of a description: types, keys, limits. What it has no words for is left out, so it may allow more than Joi does. */
export function jsonSchemaOfDescription(description: unknown): JsonSchema {
  const jsonSchema = schemaOf(description)
  linkJoi(jsonSchema, description)
  return jsonSchema
}

function schemaOf(description: unknown): JsonSchema {
  const { type = 'any', flags = {}, allow = [], matches } = description as Description
  const values = allow.filter((value) => value === null || typeof value !== 'object')
  if (flags.only === true && values.length > 0) return { enum: values }
  const schemas = (matches ?? []).flatMap(({ schema }) => (schema === undefined ? [] : [schemaOf(schema)]))
  const schema = schemas.length > 0 ? { anyOf: schemas } : (OF_TYPE[type]?.(description as Description) ?? {})
  const others = values.filter((value) => value !== '' || type !== 'string')
  return others.length > 0 && Object.keys(schema).length > 0 ? { anyOf: [schema, { enum: others }] } : schema
}

const OF_TYPE: Readonly<Record<string, (description: Description) => JsonSchema>> = {
  string: (described) => ({ type: 'string', ...limits(described, { min: 'minLength', max: 'maxLength' }) }),
  boolean: () => ({ type: 'boolean' }),
  date: () => ({ type: 'string', format: 'date-time' }),
  number: (described) => ({
    type: described.rules?.some(({ name }) => name === 'integer') ? 'integer' : 'number',
    ...limits(described, {
      min: 'minimum',
      max: 'maximum',
      greater: 'exclusiveMinimum',
      less: 'exclusiveMaximum',
    }),
  }),
  array: (described) => {
    const items = (described.items ?? []).map(schemaOf)
    const ofItems =
      items.length > 1 ? { items: { anyOf: items } } : items.length === 1 ? { items: items[0]! } : {}
    return { type: 'array', ...ofItems, ...limits(described, { min: 'minItems', max: 'maxItems' }) }
  },
  object: ({ keys, flags = {}, patterns }) => {
    // Without keys of its own an object may have any.
    if (keys === undefined) return { type: 'object' }
    const entries = Object.entries(keys)
    const required = entries.filter(([, one]) => one.flags?.presence === 'required').map(([name]) => name)
    return {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, one]) => [name, schemaOf(one)])),
      ...(required.length > 0 && { required }),
      additionalProperties: flags.unknown === true || patterns !== undefined,
    }
  },
}

function limits({ rules = [] }: Description, names: Readonly<Record<string, string>>): JsonSchema {
  return Object.fromEntries(
    rules.flatMap(({ name, args }) => {
      const keyword = names[name]
      return keyword !== undefined && typeof args?.limit === 'number' ? [[keyword, args.limit]] : []
    }),
  )
}
