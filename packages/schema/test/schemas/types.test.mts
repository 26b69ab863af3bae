import test from 'node:test'
import { expectTypeOf } from 'expect-type'
import Joi from 'joi'
import { joi, jsonSchema, type OutputOf } from '#dist/index.js'

test('the type of a JSON Schema that is written out follows from it', () => {
  const schema = jsonSchema({
    type: 'object',
    required: ['id', 'tags', 'kind'],
    properties: {
      id: { type: 'integer' },
      name: { type: ['string', 'null'] },
      tags: { type: 'array', items: { type: 'string' } },
      kind: { enum: ['a', 'b'] },
      shape: { anyOf: [{ const: 1 }, { type: 'object', properties: { x: { type: 'number' } } }] },
      any: {},
    },
  })
  expectTypeOf<OutputOf<typeof schema>>().toEqualTypeOf<{
    id: number
    tags: string[]
    kind: 'a' | 'b'
    name?: string | null
    shape?: 1 | { x?: number }
    any?: unknown
  }>()
  const loose: Record<string, unknown> = { type: 'object' }
  expectTypeOf<OutputOf<ReturnType<typeof jsonSchema<{ a: number }>>>>().toEqualTypeOf<{ a: number }>()
  const unknown = jsonSchema(loose)
  expectTypeOf<OutputOf<typeof unknown>>().toBeUnknown()
})

test('the type of a Joi schema is what it says of itself, or what is said of it', () => {
  interface User {
    name: string
  }
  const said = joi(Joi.object<User>({ name: Joi.string() }))
  expectTypeOf<OutputOf<typeof said>>().toEqualTypeOf<User>()
  const told = joi<User>(Joi.object({ name: Joi.string() }))
  expectTypeOf<OutputOf<typeof told>>().toEqualTypeOf<User>()
})
