import type { JsonSchema } from '../types/json-schema.js'

/** Of Ajv, what is asked of one that is given: naming its own types here would have the compiler of every user read them. */
export interface JsonSchemaCompiler {
  compile(schema: object): CompiledJsonSchema
  /** Asked for what a schema refers to and does not have in it. */
  getSchema?(id: string): { readonly schema?: unknown } | undefined
}

interface CompiledJsonSchema {
  (value: unknown): unknown
  readonly errors?: readonly object[] | null
}

/** @internal Where a schema of `jsonSchema()` keeps what compiles a part of it by its own Ajv. */
export const alternativeChecks = Symbol('nozomi.schema.alternatives')

export type CheckAlternative = (value: unknown) => boolean

/**
 * Asks Ajv itself whether a value satisfies a part of a schema: one alternative of a union, with formats and keywords as that Ajv has them.
 *
 * @param root has references only as JSON Pointers into itself; `alternative` is a part of it
 * @throws what Ajv throws
 */
export function compileAlternative(
  ajv: JsonSchemaCompiler,
  root: JsonSchema,
  alternative: JsonSchema,
): CheckAlternative {
  const validate = ajv.compile({ $defs: { root: moved(root) }, allOf: [moved(alternative)] })
  // Ajv may be told to write into what it is given: defaults, other types, fewer members.
  return (value) => validate(copy(value)) === true
}

const WITHIN = '#/$defs/root'

/** A schema whose references lead to where its document stands now. */
function moved(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === '$id' && typeof value === 'string') return undefined
    return key === '$ref' && typeof value === 'string' && value.startsWith('#')
      ? `${WITHIN}${value.slice(1)}`
      : value
  }) as JsonSchema
}

export function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copy)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]))
}
