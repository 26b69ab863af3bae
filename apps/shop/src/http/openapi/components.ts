import { z } from 'zod'

/** A schema of the document, in JSON Schema 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

export { component } from '../contracts/component.js'

/** Turns Zod's schemas into those of the document, and gathers the named ones. */
export class Components {
  readonly #named = new Map<string, JsonSchema>()

  /** `input`: as a client sends it; `output`: as it gets it. */
  schemaOf(schema: z.ZodType, side: 'input' | 'output'): JsonSchema {
    // Inside of an object, so that a named schema comes out as a reference to its definition.
    const made = z.toJSONSchema(z.object({ root: schema }), {
      io: side,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        sayExpected(jsonSchema)
        sayDefault(zodSchema, jsonSchema)
        if (side === 'input') sayExamples(zodSchema, jsonSchema)
      },
    }) as unknown as { properties: { root: JsonSchema }; $defs?: Record<string, JsonSchema> }
    for (const [name, definition] of Object.entries(made.$defs ?? {})) this.#add(name, definition)
    return referring(made.properties.root)
  }

  add(name: string, schema: JsonSchema): void {
    this.#named.set(name, schema)
  }

  /** By name, in the order of the alphabet. */
  get schemas(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#named].toSorted(([left], [right]) => (left < right ? -1 : 1)))
  }

  #add(name: string, definition: JsonSchema): void {
    const { id: _id, ...schema } = referring(definition)
    const known = this.#named.get(name)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`two schemas of the OpenAPI document are named ${name}`)
    }
    this.#named.set(name, schema)
  }
}

/** What a value is expected to be is told in errors, and here. */
function sayExpected(schema: Record<string, unknown>): void {
  const { expected } = schema
  if (typeof expected !== 'string') return
  delete schema.expected
  schema.description ??= expected
}

/** A default is lost where text becomes a number; of a parameter that is documented as a number it is one. */
function sayDefault(made: z.core.$ZodTypes, schema: Record<string, unknown>): void {
  if (schema.type !== 'integer' || !(made instanceof z.ZodDefault)) return
  const { defaultValue } = made.def
  if (typeof defaultValue === 'number') schema.default = defaultValue
}

/** So are examples, where something is made of what is sent; they are of what is sent. */
function sayExamples(made: z.core.$ZodType, schema: Record<string, unknown>): void {
  const examples = z.globalRegistry.get(made)?.examples
  if (examples !== undefined && schema.$ref === undefined) schema.examples = examples
}

function referring(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema
}
