import type { Schema, StandardSchema } from '../types/schema.js'
import { standardOf } from './standard.js'
import { jsonSchemaOf, type Side } from './json-schema-of.js'
import { jsonSchemaOfDescription } from './joi-description.js'
import { nameJoiIssues } from './naming/joi-issues.js'
import { type SchemaIssue, schemaIssue } from './naming/schema-issue.js'

/** What is used of a schema of Joi. */
export interface JoiSchema<T = unknown> {
  validate(
    value: unknown,
    options?: any,
  ): { error?: undefined; value: T } | { error: Error; value: any } | any
  validateAsync(value: unknown, options?: any): Promise<any>
}

/** What `validate()` gives where nothing is wrong: one of two kinds of results. */
type TypeOfJoi<S> = S extends { validate(...args: any): infer Result }
  ? Extract<Result, { error: undefined }> extends { value: infer T }
    ? T
    : unknown
  : unknown

/**
 * A schema of Joi 17 or 18 with options of its own: `body: joi(NewUser, { convert: false })`. Joi 18 speaks Standard Schema, so
 * its schemas can be given as they are; this is for Joi 17, and for options. In both cases all problems are found at once
 * (`abortEarly: false`), schemas with `external()` rules are awaited, and what is absent is refused unless the schema says
 * `.optional()` or has a default.
 *
 * `T`, what comes out, is what the schema says of itself (`Joi.object<User>()`) if nothing else is given. Joi 17 can't say itself as
 * JSON Schema; types, keys and limits are read from its description.
 *
 * @param options those of `schema.validate()`
 * @throws TypeError when `schema` is none of Joi's
 * @see https://joi.dev/api/#anyvalidatevalue-options
 */
export function joi<T = never, S extends JoiSchema = JoiSchema>(
  schema: S,
  options: Readonly<Record<string, unknown>> = {},
): StandardSchema<[T] extends [never] ? TypeOfJoi<S> : T> {
  if (typeof schema?.validate !== 'function' || typeof schema.validateAsync !== 'function') {
    throw new TypeError('joi(): there is no schema of Joi; give one, such as Joi.object({ … })')
  }
  const { vendor = 'joi' } = standardOf(schema as unknown as Schema) ?? {}
  if (vendor !== 'joi')
    throw new TypeError(`joi(): this is a schema of ${vendor}; give it as it is, without joi()`)
  const validate = compileJoi(schema, options)
  const jsonSchema = (side: Side) => () => {
    if ('~standard' in schema) return jsonSchemaOf(schema as unknown as Schema, side)
    return jsonSchemaOfDescription((schema as { describe?(): unknown }).describe?.())
  }
  return {
    '~standard': {
      version: 1,
      vendor: 'nozomi',
      validate,
      jsonSchema: { input: jsonSchema('input'), output: jsonSchema('output') },
    },
  } as unknown as StandardSchema<[T] extends [never] ? TypeOfJoi<S> : T>
}

interface JoiOutcome {
  readonly value: unknown
  readonly error?: { readonly details: readonly unknown[] }
}

type JoiResult = { readonly value: unknown } | { readonly issues: readonly SchemaIssue[] }

/** Runs a schema of Joi so that all is found that is wrong. Its Standard Schema stops at the first problem, and gives no types. */
export function compileJoi(
  schema: JoiSchema,
  options: Readonly<Record<string, unknown>> = {},
): (value: unknown) => JoiResult | Promise<JoiResult> {
  const settings = { abortEarly: false, ...options }
  const isNeeded = refusesAbsence(schema)
  if (isAsync(schema)) {
    return async function validateAsync(value) {
      if (value === undefined && isNeeded) return ABSENT
      try {
        return { value: await schema.validateAsync(value, settings) }
      } catch (error) {
        const { details } = error as { details?: unknown }
        if (!Array.isArray(details)) throw error
        return { issues: nameJoiIssues(details, value) }
      }
    }
  }
  return function validate(value) {
    if (value === undefined && isNeeded) return ABSENT
    const outcome = schema.validate(value, settings) as JoiOutcome
    return outcome.error === undefined
      ? { value: outcome.value }
      : { issues: nameJoiIssues(outcome.error.details, value) }
  }
}

const ABSENT: JoiResult = { issues: [schemaIssue('required', [], '"value" is required')] }

/**
 * Joi takes nothing for anything, unless told otherwise: a route that reads a body would run without one. So a schema whose presence is
 * left open is taken as required here; `.optional()` and a default say otherwise.
 */
function refusesAbsence(schema: JoiSchema): boolean {
  const flags = (schema as { _flags?: { presence?: unknown; default?: unknown } })._flags
  return flags !== undefined && flags.presence === undefined && flags.default === undefined
}

/** Joi 17 can't be asked; its description names the external rules. */
function isAsync(schema: JoiSchema): boolean {
  const { isAsync: ask, describe } = schema as { isAsync?(): boolean; describe?(): unknown }
  if (typeof ask === 'function') return ask.call(schema)
  return typeof describe === 'function' && namesExternals(describe.call(schema))
}

function namesExternals(description: unknown): boolean {
  if (typeof description !== 'object' || description === null) return false
  return (
    ('externals' in description && 'type' in description) || Object.values(description).some(namesExternals)
  )
}
