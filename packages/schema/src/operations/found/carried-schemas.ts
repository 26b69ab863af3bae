import { types } from 'node:util'
import { type AnyHandler, type ClosureScope, closureScopes, takesNoNext } from '@nozomi/insight/layers'
import { jsonSchemaOf } from '../../schemas/json-schema-of.js'
import { standardOf } from '../../schemas/standard.js'
import type { Contract } from '../../types/contract.js'
import type { Schema, StandardProps } from '../../types/schema.js'
import { describedSchema } from './described-schema.js'
import type { FoundPlace, FoundRules, FoundSource } from './found-rules.js'

/*
 * Functions that hold a request to a schema of Zod, Joi, or another library that speaks Standard Schema: the middleware that most
 * applications write themselves, and that of small packages. The schema is a property of the function, or a variable around it; which
 * part of the request it is of is told by the names, by a text such as `'query'` beside it, or by the source of the function.
 */

const PLACES = ['params', 'query', 'headers', 'cookies', 'body'] as const satisfies readonly FoundPlace[]

/** What the source of a function that may use a schema has in it. Perf: its scopes are looked into only then. */
const USES =
  /\b(?:safeParse|parse|validate|decode|assert|safeDecode)(?:Async|Sync)?\b|~standard|schema|\.(?:body|query|params)\s*[,)]/i

const MOST_SCOPES = 10

/** Whether a value is a schema of a library that speaks Standard Schema. A proxy may say of itself what it likes. */
export function isSchema(value: unknown): value is Schema {
  const isHolder =
    !types.isProxy(value) && ((typeof value === 'object' && value !== null) || typeof value === 'function')
  const standard = isHolder ? (value as Partial<Schema>)['~standard'] : undefined
  return typeof (standard as Partial<StandardProps> | null | undefined)?.validate === 'function'
}

/** What a function that uses schemas takes; null for one that has none, or of which it can't be told. */
export function readCarriedSchemas(handler: AnyHandler): FoundRules | null {
  const source = Function.prototype.toString.call(handler)
  const own: ClosureScope = Object.fromEntries(Object.entries(handler))
  const reading = { source, isMiddleware: !takesNoNext(handler) }
  const contract =
    contractIn(own, { ...reading, isOwn: true }) ??
    contractIn(around(handler, source), { ...reading, isOwn: false })
  return contract === null ? null : { source: vendorOf(contract), contract, fields: [] }
}

/** The variables that a function sees: of the same name the innermost one. */
function around(handler: AnyHandler, source: string): ClosureScope {
  if (!USES.test(source)) return {}
  const scopes = closureScopes(handler).slice(0, MOST_SCOPES)
  return Object.assign({}, ...scopes.toReversed()) as ClosureScope
}

interface Reading {
  readonly source: string
  /** The variables are properties of the function itself. */
  readonly isOwn: boolean
  /** It may give requests on. */
  readonly isMiddleware: boolean
}

function contractIn(scope: ClosureScope, reading: Reading): Contract | null {
  const used = Object.entries(scope).filter(([name]) => reading.isOwn || isUsed(name, reading.source))
  const parts: [FoundPlace, Schema][] = []
  for (const [name, value] of used) {
    if (isSchema(value)) parts.push(...placed(name, value, scope, reading))
    else parts.push(...membersByPlace(value))
  }
  const telling = new Map(parts.filter(([, schema]) => !isEmptyObject(schema)))
  if (telling.size === 0) return null
  // The variables of a scope come in no order of their own.
  return Object.fromEntries(
    PLACES.filter((place) => telling.has(place)).map((place) => [place, telling.get(place)]),
  )
}

/** What a wrapper puts in the place of a schema that was not given. */
function isEmptyObject(schema: Schema): boolean {
  const { type, properties, additionalProperties, ...rest } = jsonSchemaOf(schema, 'input') ?? {}
  const isEmpty = properties === undefined || Object.keys(properties).length === 0
  return (
    type === 'object' && isEmpty && typeof additionalProperties !== 'object' && Object.keys(rest).length === 0
  )
}

/** A variable around a function may be there for another function. */
function isUsed(name: string, source: string): boolean {
  return new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`).test(source)
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** `{ body: schema, query: schema }`. No getter runs. */
function membersByPlace(value: unknown): [FoundPlace, Schema][] {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return []
  return PLACES.flatMap((place): [FoundPlace, Schema][] => {
    const schema: unknown = Object.getOwnPropertyDescriptor(value, place)?.value
    return isSchema(schema) ? [[place, schema]] : []
  })
}

/** The parts of a request that a schema is of: none where it can't be told. */
function placed(
  name: string,
  schema: Schema,
  scope: ClosureScope,
  { source, isMiddleware }: Reading,
): [FoundPlace, Schema][] {
  const certain =
    PLACES.find((place) => new RegExp(`^${place.replace(/s$/, '')}s?(?:$|schema)`, 'i').test(name)) ??
    PLACES.find((place) => isGiven(name, place, source))
  if (certain !== undefined) return [[certain, schema]]
  // What follows is likely of a function that lets through what passes. One that answers may use a schema for its answer.
  if (!isMiddleware) return []
  const texts = new Set(Object.entries(scope).flatMap(([key, value]) => (isUsed(key, source) ? [value] : [])))
  const byText = PLACES.filter((place) => texts.has(place))
  if (byText.length === 1) return byText.map((place) => [place, schema])
  const read = PLACES.filter((place) => new RegExp(`\\.${place}\\b`).test(source))
  if (read.length === 1) return read.map((place) => [place, schema])
  return read.length > 1 ? partsOfWhole(schema) : []
}

/** `schema.parse(req.body)`, `parse(schema, req.body)`, `check(req.body, schema)` */
function isGiven(name: string, place: FoundPlace, source: string): boolean {
  const schema = `(?<![\\w$.])${escaped(name)}`
  const part = `\\w+\\.${place}\\s*`
  const ways = [
    `${schema}\\s*\\.[\\w$]+\\(\\s*${part}[,)]`,
    `[(,]\\s*${schema}\\s*,\\s*${part}[,)]`,
    `[(,]\\s*${part},\\s*${schema}\\s*[,)]`,
  ]
  return new RegExp(ways.join('|')).test(source)
}

/** One schema for the whole request: `schema.parse({ body: req.body, query: req.query })`. */
function partsOfWhole(schema: Schema): [FoundPlace, Schema][] {
  const whole = jsonSchemaOf(schema, 'input')
  return PLACES.flatMap((place): [FoundPlace, Schema][] => {
    const part = whole?.properties?.[place]
    if (part === undefined) return []
    const json = whole?.$defs === undefined ? part : { ...part, $defs: whole.$defs }
    return [[place, describedSchema(json, standardOf(schema).vendor)]]
  })
}

function vendorOf(contract: Contract): FoundSource {
  const schema = Object.values(contract).find(isSchema)
  const vendor = schema && standardOf(schema).vendor
  return vendor === 'zod' || vendor === 'joi' ? vendor : 'schema'
}
