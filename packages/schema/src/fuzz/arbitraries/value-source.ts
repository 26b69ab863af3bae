import type * as fc from 'fast-check'
import type { ApiDocument, LocatedSchema } from '../../drift/document.js'
import type { JsonSchema } from '../../types/json-schema.js'
import { SchemaChecks } from '../../drift/schema-checks.js'
import { SlowPatterns } from '../../drift/slow-patterns.js'
import { schemaArbitrary, type SchemaSpace } from './schema-arbitrary.js'
import { boundedFilter } from './unsatisfiable.js'

/** Makes values of the schemas of one document, each valid by Ajv. */
export class ValueSource {
  readonly #checks: SchemaChecks
  readonly #space: SchemaSpace

  constructor(root: ApiDocument | object, checks: SchemaChecks) {
    this.#checks = checks
    this.#space = { root, compile: (schema) => checks.compileInline(schema) }
  }

  /** @throws Unsatisfiable where no value can be made; values of the arbitrary may throw it, too. */
  valuesOf(schema: LocatedSchema): fc.Arbitrary<unknown> {
    const made = schemaArbitrary(this.#space, schema.value, [])
    return boundedFilter(made, (value) => this.#checks.check(schema, value, 'request').length === 0)
  }
}

/**
 * An arbitrary of fast-check for the values of a JSON Schema (2020-12). Each value is valid by Ajv, formats included.
 * Recursion ends after two rounds; properties that are `readOnly` are left out, as from requests.
 *
 * @param schema references begin at its root; or, with `document`, at that of the document
 * @throws Unsatisfiable (an `Error` with that name) where no value is found, when it is made or when values are.
 * @example
 * fc.assert(fc.property(arbitraryFromSchema({ type: 'integer', minimum: 1 }), (n) => n >= 1))
 */
export function arbitraryFromSchema(
  schema: JsonSchema | boolean,
  options: { readonly document?: ApiDocument | object } = {},
): fc.Arbitrary<unknown> {
  // The schema becomes a member of the document, so that it has a place where checks find it.
  const root = options.document ? { ...options.document, 'x-schema': schema } : schema
  const pointer = options.document ? '#/x-schema' : '#'
  const object = typeof root === 'boolean' ? { allOf: [root] } : root
  const checks = new SchemaChecks(object, new SlowPatterns())
  return new ValueSource(object, checks).valuesOf({ value: schema, pointer })
}
