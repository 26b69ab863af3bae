import type { ErrorObject } from 'ajv'
import type { JsonSchema } from '../types/json-schema.js'
import type { StandardSchema } from '../types/schema.js'
import type { TypeOf } from './json-schema-type.js'
import {
  alternativeChecks,
  compileAlternative,
  copy,
  type JsonSchemaCompiler,
} from './json-schema-alternatives.js'
import { linkReferences } from './link-references.js'
import { compilePattern } from './patterns.js'
import { nameAjvIssues } from './naming/ajv-issues.js'

/** How a JSON Schema is run. */
export interface JsonSchemaOptions {
  /**
   * An Ajv of one's own, with formats, keywords and schemas that are referred to. It needs `allErrors` and `verbose`. Default: one for draft
   * 2020-12, with the formats of ajv-formats, which fills in defaults, and takes keywords that it does not know as annotations.
   */
  readonly ajv?: JsonSchemaCompiler
}

/**
 * A schema from JSON Schema (draft 2020-12), run by Ajv, with all problems found at once. TypeBox schemas are JSON Schemas, too.
 *
 * The type is read off the schema where it is written out (or made by TypeBox); `jsonSchema<User>(…)` says it. Defaults are filled in, into a copy.
 *
 * @throws TypeError for a schema of a library that needs no wrapping; Error of Ajv for a schema that is none
 * @example
 * validate({ body: jsonSchema({ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }) })
 * @see https://ajv.js.org/json-schema.html
 */
export function jsonSchema<T = never, const S extends object = JsonSchema>(
  schema: S,
  options: JsonSchemaOptions = {},
): StandardSchema<[T] extends [never] ? TypeOf<S> : T> {
  assertNoOther(schema)
  const ajv = options.ajv ?? createAjv()
  const validate = ajv.compile(schema)
  const said = withReferences(schema, ajv)
  const hasDefaults = JSON.stringify(said).includes('"default":')
  return {
    '~standard': {
      version: 1,
      vendor: 'nozomi',
      validate(given: unknown) {
        // Ajv writes defaults into what it is given, which may belong to somebody: an answer from a cache.
        const value = hasDefaults ? copy(given) : given
        return validate(value)
          ? { value }
          : { issues: nameAjvIssues((validate.errors ?? []) as ErrorObject[], value) }
      },
      jsonSchema: { input: () => said, output: () => said },
    },
    [alternativeChecks]: (root: JsonSchema, alternative: JsonSchema) =>
      compileAlternative(ajv, root, alternative),
  } as unknown as StandardSchema<[T] extends [never] ? TypeOf<S> : T>
}

/** What Zod says as JSON Schema has `~standard` as well, beside what the JSON Schema says. */
function assertNoOther(schema: object): void {
  const vendor = (schema as Partial<StandardSchema<unknown>> | null)?.['~standard']?.vendor
  const isSaid =
    Object.getPrototypeOf(schema) === Object.prototype && !Object.keys(schema).includes('~standard')
  if (vendor === undefined || isSaid) return
  throw new TypeError(`jsonSchema(): this is a schema of ${vendor}; give it as it is, without jsonSchema()`)
}

/** What is said of a schema has in it all that it refers to: whoever reads it has no Ajv. */
function withReferences(schema: object, ajv: JsonSchemaCompiler): object {
  const own = JSON.parse(JSON.stringify(schema)) as JsonSchema
  const linked = linkReferences(own, (id) => {
    try {
      const found = ajv.getSchema?.(id)?.schema
      return typeof found === 'object' ? found : null
    } catch {
      return null
    }
  })
  return linked.jsonSchema
}

/** Ajv is loaded by who needs it: it takes its time. */
function createAjv(): JsonSchemaCompiler {
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats')
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    useDefaults: true,
    discriminator: true,
    logger: false,
    code: { regExp: compilePattern },
  })
  ;(addFormats as unknown as (ajv: unknown) => void)(ajv)
  return ajv
}
