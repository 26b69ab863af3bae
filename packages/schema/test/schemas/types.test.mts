import test from 'node:test'
import { expectTypeOf } from 'expect-type'
import Joi from 'joi'
import Joi17 from 'joi-17'
import { Type } from 'typebox'
import * as mini from 'zod/mini'
import * as z3 from 'zod/v3'
import { type InputOf, joi, jsonSchema, type OutputOf } from '#dist/index.js'

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

test('the type of a schema of Joi 17, Zod 3, Zod Mini and TypeBox is what it says of itself', () => {
  interface User {
    name: string
  }
  const of17 = joi(Joi17.object<User>({ name: Joi17.string() }))
  expectTypeOf<OutputOf<typeof of17>>().toEqualTypeOf<User>()
  const of3 = z3.object({ a: z3.coerce.number(), b: z3.string().transform(Number) })
  expectTypeOf<OutputOf<typeof of3>>().toEqualTypeOf<{ a: number; b: number }>()
  expectTypeOf<InputOf<typeof of3>>().toEqualTypeOf<{ a: number; b: string }>()
  const ofMini = mini.object({ a: mini._default(mini.number(), 3) })
  expectTypeOf<OutputOf<typeof ofMini>>().toEqualTypeOf<{ a: number }>()
  expectTypeOf<InputOf<typeof ofMini>>().toEqualTypeOf<{ a?: number | undefined }>()
  const ofTypeBox = jsonSchema(
    Type.Object({ a: Type.Number(), b: Type.Optional(Type.Array(Type.String())), c: Type.Literal('x') }),
  )
  expectTypeOf<OutputOf<typeof ofTypeBox>>().toEqualTypeOf<{ a: number; b?: string[]; c: 'x' }>()
})
