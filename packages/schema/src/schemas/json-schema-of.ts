import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { JsonSchema } from '../types/json-schema.js'
import type { Schema } from '../types/schema.js'
import { linkJoi } from './joi-links.js'
import { linkReferences, type Linked } from './link-references.js'
import { standardOf } from './standard.js'

/** Which side of a schema: what it takes, or what comes out of it. They differ where it transforms, or has defaults. */
export type Side = 'input' | 'output'

type Convert = (options: { target: string; libraryOptions?: Record<string, unknown> }) => unknown

interface Described {
  readonly vendor: string
  readonly jsonSchema?: Readonly<Record<Side, Convert>>
}

const TARGET = 'draft-2020-12'

/**
 * A schema as JSON Schema of draft 2020-12, or null where it can't be said: then values are only known to pass or not. What
 * JSON Schema has no words for (a refinement, a transformation) is left out, so it may allow more than the schema does.
 * What is recursive has `$defs` and `$ref`, which is a JSON Pointer into it. Each call gives an object of its own. Never throws.
 *
 * Asked in this order: Standard JSON Schema (`~standard.jsonSchema`: Zod from 4.2, ArkType from 2.1.28, Joi 18, `joi()` and
 * `jsonSchema()` of this package, Valibot wrapped by its `toStandardJsonSchema`); for older Zod 4 and Zod Mini, Zod itself; for
 * Valibot, `@valibot/to-json-schema` where it is installed.
 *
 * @see https://standardschema.dev/json-schema
 */
export function jsonSchemaOf(schema: Schema, side: Side): JsonSchema | null {
  return linkedSchemaOf(schema, side)?.jsonSchema ?? null
}

/** The same, with the references in it that lead nowhere. */
export function linkedSchemaOf(schema: Schema, side: Side): Linked | null {
  try {
    const said = describe(schema, side)
    if (said === null || typeof said !== 'object') return null
    const { $schema: _, ...jsonSchema } = JSON.parse(JSON.stringify(said)) as JsonSchema
    const { describe: describeJoi } = schema as { describe?(): unknown }
    if (standardOf(schema).vendor === 'joi' && hasReference(jsonSchema))
      linkJoi(jsonSchema, describeJoi?.call(schema) ?? {})
    return linkReferences(jsonSchema)
  } catch {
    return null
  }
}

function hasReference(jsonSchema: JsonSchema): boolean {
  return JSON.stringify(jsonSchema).includes('"$ref":')
}

function describe(schema: Schema, side: Side): unknown {
  const standard = schema['~standard'] as unknown as Described
  const convert = standard.jsonSchema?.[side]
  if (convert !== undefined) {
    const libraryOptions = LIBRARY_OPTIONS[standard.vendor]?.(side)
    return convert(libraryOptions === undefined ? { target: TARGET } : { target: TARGET, libraryOptions })
  }
  if (standard.vendor === 'zod' && '_zod' in schema) return byZod(schema, side)
  return standard.vendor === 'valibot' ? byValibot(schema, side) : null
}

/** What has no words in JSON Schema is left out, and does not make all of it unsayable. */
const LIBRARY_OPTIONS: Readonly<Record<string, (side: Side) => Record<string, unknown>>> = {
  zod: (side) => ({ unrepresentable: 'any', override: side === 'output' ? sayDate : keepExamples }),
  valibot: () => ({ errorMode: 'ignore' }),
}

/** What `JSON.stringify` makes of a Date, which is what an answer holds. */
function sayDate({ zodSchema, jsonSchema }: { zodSchema: ZodSchema; jsonSchema: JsonSchema }): void {
  if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
}

/** Of what transforms, Zod leaves examples out of what comes in; but they are there for who writes a request. */
function keepExamples({ zodSchema, jsonSchema }: { zodSchema: ZodSchema; jsonSchema: JsonSchema }): void {
  if (jsonSchema.examples !== undefined || jsonSchema.$ref !== undefined) return
  const examples = zodSchema.meta?.()?.['examples']
  if (Array.isArray(examples)) jsonSchema.examples = examples
}

interface ZodSchema {
  readonly meta?: () => Readonly<Record<string, unknown>> | undefined
  readonly _zod: { readonly def: { readonly type: string } }
}

function byZod(schema: Schema, side: Side): unknown {
  const zod = installed('zod/v4/core') as { toJSONSchema(schema: unknown, options: object): unknown } | null
  return zod?.toJSONSchema(schema, { target: TARGET, io: side, ...LIBRARY_OPTIONS['zod']?.(side) }) ?? null
}

function byValibot(schema: Schema, side: Side): unknown {
  const library = installed('@valibot/to-json-schema') as {
    toJsonSchema(schema: unknown, options: object): unknown
  } | null
  return library?.toJsonSchema(schema, { target: TARGET, typeMode: side, errorMode: 'ignore' }) ?? null
}

/** A package that the application has and this one need not have; null when it is not installed. */
function installed(name: string): unknown {
  for (const from of [__filename, join(process.cwd(), 'application.js')]) {
    try {
      return createRequire(from)(name)
    } catch {
      // Not to be had from there.
    }
  }
  return null
}
