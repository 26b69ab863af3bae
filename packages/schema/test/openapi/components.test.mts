import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type } from 'arktype'
import Joi from 'joi'
import * as v from 'valibot'
import { z } from 'zod'
import {
  type Contract,
  type DocumentOptions,
  joi,
  jsonSchema,
  openapiDocument,
  type Schema,
} from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { joi17 } from '../support/vendors.mjs'
import { end, step } from './support/step.mjs'

const [{ framework }] = FRAMEWORKS as unknown as [(typeof FRAMEWORKS)[number]]

describe('the components of a document', () => {
  const documentOf = (contracts: readonly Contract[], options: Partial<DocumentOptions> = {}) => {
    const app = framework()
    for (const [i, contract] of contracts.entries()) app.post(`/${i}`, step(contract), end)
    return openapiDocument(app, { info: { title: 'T', version: '1' }, problems: false, ...options })
  }
  const schemasOf = (...given: Parameters<typeof documentOf>) => documentOf(...given).components?.schemas
  const bodyOf = (body: Schema, options: Partial<DocumentOptions> = {}) =>
    documentOf([{ body }], options).paths['/0']?.post?.requestBody?.content['application/json']?.schema

  test('are what has an id, or is an object with a title', () => {
    const User = z.object({ name: z.string() }).meta({ id: 'User' })
    const Order = z
      .object({ by: User, of: z.string().meta({ title: 'Of whom' }) })
      .meta({ title: 'an order' })
    assert.deepEqual(bodyOf(z.object({ order: Order, orders: z.array(Order) })), {
      type: 'object',
      properties: {
        order: { $ref: '#/components/schemas/AnOrder' },
        orders: { type: 'array', items: { $ref: '#/components/schemas/AnOrder' } },
      },
      required: ['order', 'orders'],
    })
    assert.deepEqual(schemasOf([{ body: Order }]), {
      AnOrder: {
        title: 'an order',
        type: 'object',
        properties: {
          by: { $ref: '#/components/schemas/User' },
          of: { title: 'Of whom', type: 'string' },
        },
        required: ['by', 'of'],
      },
      User: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    })
  })

  test('keep their examples on the side that comes in, where the schema transforms', () => {
    const Length = z
      .string()
      .transform((text) => text.length)
      .meta({ examples: ['abc'] })
    const Size = z.object({ length: Length }).meta({ id: 'Size', examples: [{ length: 'abc' }] })
    const { SizeInput } = schemasOf([{ body: Size, response: { 200: Size } }]) ?? {}
    assert.deepEqual(SizeInput, {
      type: 'object',
      properties: { length: { type: 'string', examples: ['abc'] } },
      required: ['length'],
      examples: [{ length: 'abc' }],
    })
  })

  test('are described as far as they can be: what has no words may be anything', () => {
    const body = z.object({
      name: z.string().meta({ expected: 'a name' }),
      custom: z.custom((value) => typeof value === 'string'),
      made: z.transform((value) => value),
      size: z.bigint(),
    })
    const said = bodyOf(body)?.properties
    assert.deepEqual(said, { name: { type: 'string', expected: 'a name' }, custom: {}, made: {}, size: {} })
  })

  test('are what the option names, wherever it stands', () => {
    const User = z.object({ name: z.string() })
    const options = { components: { User } }
    assert.deepEqual(bodyOf(z.object({ users: z.array(User) }), options), {
      type: 'object',
      properties: { users: { type: 'array', items: { $ref: '#/components/schemas/User' } } },
      required: ['users'],
    })
    assert.deepEqual(bodyOf(User, options), { $ref: '#/components/schemas/User' })
  })

  test('are one where the same stands in many places, or in and out', () => {
    const User = z.object({ name: z.string() }).meta({ title: 'User' })
    const contracts = [{ body: User, response: { 200: z.array(User) } }, { response: { 200: User } }]
    assert.deepEqual(Object.keys(schemasOf(contracts) ?? {}), ['User'])
  })

  test('what comes in has a name of its own where it differs from what goes out', () => {
    const User = z.object({ name: z.string().default('nobody') }).meta({ id: 'User' })
    for (const contracts of [
      [{ body: User }, { response: { 200: User } }],
      [{ response: { 200: User } }, { body: User }],
    ]) {
      const schemas = schemasOf(contracts)
      assert.deepEqual(Object.keys(schemas ?? {}), ['User', 'UserInput'])
      assert.deepEqual(schemas?.['User']?.required, ['name'])
      assert.equal(schemas?.['UserInput']?.required, undefined)
    }
    assert.deepEqual(Object.keys(schemasOf([{ body: User }]) ?? {}), ['User'])
  })

  test('of the same name get a number when they differ', () => {
    const titled = (member: string) => z.object({ [member]: z.string() }).meta({ title: 'User' })
    const schemas = schemasOf([{ body: titled('a') }, { body: titled('b') }, { body: titled('a') }])
    assert.deepEqual(
      Object.entries(schemas ?? {}).map(([name, { required }]) => [name, required]),
      [
        ['User', ['a']],
        ['User2', ['b']],
      ],
    )
  })

  test('may lead back to themselves', () => {
    const Named = z
      .object({
        name: z.string(),
        get parts() {
          return z.array(Named)
        },
      })
      .meta({ id: 'Part' }) // prettier-ignore
    const Plain = z.object({
      get next() {
        return Plain.optional()
      },
    }) // prettier-ignore
    assert.deepEqual(schemasOf([{ body: Named }, { body: z.object({ part: Named }) }]), {
      Part: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
        },
        required: ['name', 'parts'],
      },
    })
    assert.deepEqual(schemasOf([{ body: Plain }]), {
      Post0Body: { type: 'object', properties: { next: { $ref: '#/components/schemas/Post0Body' } } },
    })
    const mutual = z.object({ chain: Plain, chains: z.array(Plain) })
    assert.deepEqual(Object.keys(schemasOf([{ body: mutual }], { components: { Chain: Plain } }) ?? {}), [
      'Chain',
    ])
  })

  describe('that lead back to themselves', () => {
    const ValibotTree = v.object({ name: v.string(), kids: v.array(v.lazy((): any => ValibotTree)) })
    const ZodTree = z.object({
      name: z.string(),
      get kids() {
        return z.array(ZodTree)
      },
    }) // prettier-ignore
    const joiTree = (Joi: typeof joi17) =>
      Joi.object({
        name: Joi.string().min(0).required(),
        kids: Joi.array().items(Joi.link('#tree')).required(),
      }).id('tree')
    const TREES: Record<string, { schema: Schema; name?: string }> = {
      Zod: { schema: ZodTree },
      Valibot: { schema: ValibotTree },
      ArkType: { schema: type({ name: 'string', kids: 'this[]' }) },
      Joi: { schema: joiTree(Joi) as unknown as Schema },
      'Joi 17': { schema: joi(joiTree(joi17)) },
      'JSON Schema': {
        schema: jsonSchema({
          $defs: {
            Tree: {
              $anchor: 'tree',
              type: 'object',
              properties: { name: { type: 'string' }, kids: { type: 'array', items: { $ref: '#tree' } } },
              required: ['name', 'kids'],
            },
          },
          $ref: '#tree',
        }),
        name: 'Tree',
      },
    }
    const treeOf = (name: string) => {
      const kids = { type: 'array', items: { $ref: `#/components/schemas/${name}` } } as const
      return { type: 'object', properties: { name: { type: 'string' }, kids }, required: ['kids', 'name'] }
    }
    /** Joi says more of each text and each object; libraries have orders of their own. */
    const plain = (said: unknown) =>
      JSON.parse(
        JSON.stringify(said, (key, value) =>
          ['minLength', 'additionalProperties'].includes(key)
            ? undefined
            : key === 'required'
              ? value.toSorted()
              : value,
        ),
      ) as Record<string, unknown>

    for (const [library, { schema, name = 'Post0200' }] of Object.entries(TREES)) {
      test(`are one, in and out and of every route, by ${library}`, () => {
        const contracts = [
          { body: schema, response: { 200: schema } },
          { body: schema, response: { 200: schema } },
        ]
        for (const given of [contracts, contracts.toReversed()]) {
          const document = documentOf(given)
          assert.deepEqual(plain(document.components?.schemas), { [name]: treeOf(name) })
          const reference = { $ref: `#/components/schemas/${name}` }
          for (const { post } of Object.values(document.paths)) {
            assert.deepEqual(post?.requestBody?.content['application/json']?.schema, reference)
            assert.deepEqual((post as any).responses[200].content['application/json'].schema, reference)
          }
        }
      })

      test(`have the name of the option, by ${library}`, () => {
        const schemas = schemasOf([{ body: schema, response: { 200: schema } }], {
          components: { A: schema },
        })
        assert.deepEqual(plain(schemas), { A: treeOf('A') })
      })
    }

    test('below others, and through each other', () => {
      const Below = z.object({ tree: ZodTree, trees: z.array(ZodTree) })
      const ArkBelow = type({ at: { tree: TREES['ArkType']?.schema as any } })
      for (const schema of [Below, ArkBelow] as Schema[]) {
        const schemas = schemasOf([{ body: schema }, { body: schema }])
        assert.deepEqual(plain(schemas), { Post0BodyPart: treeOf('Post0BodyPart') })
      }
    })
  })

  test('are made from other libraries as well', () => {
    const document = documentOf([{ body: type({ list: [type({ a: 'number' }), '[]'] }) }], {
      components: { A: type({ a: 'number' }) },
    })
    const said = document.paths['/0']?.post?.requestBody?.content['application/json']?.schema
    assert.deepEqual(said?.properties, { list: { type: 'array', items: { $ref: '#/components/schemas/A' } } })
    assert.deepEqual(Object.keys(document.components?.schemas ?? {}), ['A'])
  })

  test('a name of the option goes before the one of the schema, and problems go around it', () => {
    const Problem = z.object({ message: z.string() })
    const schemas = documentOf([{ body: z.string(), response: { 500: Problem } }], {
      problems: true,
      components: { Problem },
    }).components?.schemas
    assert.deepEqual(Object.keys(schemas ?? {}), ['Problem', 'Problem2'])
    assert.deepEqual(schemas?.['Problem']?.required, ['message'])
  })

  test('of the application keep their names, also where the first route answers problems of validation only', () => {
    const Problem = z.object({ message: z.string() }).meta({ title: 'Problem' })
    const schemas = documentOf([{ body: z.string() }, { body: z.string(), response: { 500: Problem } }], {
      problems: true,
    }).components?.schemas
    assert.deepEqual(Object.keys(schemas ?? {}), ['Problem', 'Problem2'])
    assert.deepEqual(schemas?.['Problem']?.required, ['message'])
  })
})
