import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Joi from 'joi'
import { joi, jsonSchema, openapiDocument, type Schema, validate } from '@nozomi/schema'
import { FRAMEWORKS, MODES, play } from './playing.mjs'

const USER = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } as const
const SETTINGS = { allErrors: true, verbose: true, strict: false } as const
const page = (items: object, others: object = {}) => ({
  ...others,
  type: 'object',
  properties: { items: { type: 'array', items }, total: { type: 'number' } },
})

/** An Ajv of the application, which has schemas that others refer to. */
function ajvWith<T extends { addSchema(schema: object): unknown }>(ajv: T, ...schemas: object[]): T {
  for (const schema of schemas) ajv.addSchema(schema)
  return ajv
}

const GIVEN = { items: [{ id: 1, secret: 'x' }], total: 1, secret: 'x' }
const SENT = { items: [{ id: 1 }], total: 1 }
const TREE = { id: 1, secret: 'x', kids: [{ id: 2, secret: 'x', kids: [] }] }
const SENT_TREE = { id: 1, kids: [{ id: 2, kids: [] }] }
const kids = (reference: object) => ({
  type: 'object',
  properties: { id: { type: 'integer' }, kids: { type: 'array', items: reference } },
})

const FOLLOWED: Record<string, { schema: any; given?: unknown; sent?: unknown }> = {
  'an $anchor': {
    schema: jsonSchema(page({ $ref: '#user' }, { $defs: { User: { $anchor: 'user', ...USER } } })),
  },
  'an $id within': {
    schema: jsonSchema(page({ $ref: 'user.json' }, { $defs: { User: { $id: 'user.json', ...USER } } })),
  },
  'a pointer into what has an $id': {
    schema: jsonSchema(
      page(
        { $ref: '#/$defs/All' },
        {
          $id: 'https://example.com/page.json',
          $defs: { All: { $id: 'all/all.json', allOf: [{ $ref: '#/$defs/One' }], $defs: { One: USER } } },
        },
      ),
    ),
  },
  'what stands under no keyword of JSON Schema': {
    schema: jsonSchema(
      page({ $ref: '#/components/All' }, { components: { All: { $ref: '#/components/User' }, User: USER } }),
    ),
  },
  'a $dynamicRef': {
    schema: jsonSchema({ $dynamicAnchor: 'node', ...kids({ $dynamicRef: '#node' }) }),
    given: TREE,
    sent: SENT_TREE,
  },
  'a $recursiveRef': {
    schema: jsonSchema(
      { $recursiveAnchor: true, ...kids({ $recursiveRef: '#' }) },
      { ajv: new Ajv2019(SETTINGS) },
    ),
    given: TREE,
    sent: SENT_TREE,
  },
  'its own $id, as TypeBox writes what is recursive': {
    schema: jsonSchema({ $id: 'T0', ...kids({ $ref: 'T0' }) }),
    given: TREE,
    sent: SENT_TREE,
  },
  'a schema of the Ajv': {
    schema: jsonSchema(page({ $ref: 'user.json' }), {
      ajv: ajvWith(new Ajv2020(SETTINGS), { $id: 'user.json', ...USER }),
    }),
  },
  'schemas of the Ajv that refer to others': {
    schema: jsonSchema(page({ $ref: 'https://example.com/all.json#one' }), {
      ajv: ajvWith(
        new Ajv2020(SETTINGS),
        {
          $id: 'https://example.com/all.json',
          $defs: { a: { $anchor: 'one', $ref: 'parts/user.json#/$defs/User' } },
        },
        { $id: 'https://example.com/parts/user.json', $defs: { User: USER } },
      ),
    }),
  },
  'a schema of an Ajv of draft 7': {
    schema: jsonSchema(
      {
        type: 'array',
        items: [{ $ref: 'user.json#/definitions/User' }],
        additionalItems: { $ref: '#/definitions/b' },
        definitions: { b: USER },
      },
      { ajv: ajvWith(new Ajv(SETTINGS), { $id: 'user.json', definitions: { User: { ...USER } } }) },
    ),
    given: [
      { id: 1, secret: 'x' },
      { id: 2, secret: 'x' },
    ],
    sent: [{ id: 1 }, { id: 2 }],
  },
  'a link of Joi': {
    schema: joi(Joi.object({ id: Joi.number(), kids: Joi.array().items(Joi.link('#tree')) }).id('tree'), {
      allowUnknown: true,
    }),
    given: TREE,
    sent: SENT_TREE,
  },
  'a link of Joi to what it is in': {
    schema: joi(Joi.object({ id: Joi.number(), kids: Joi.array().items(Joi.link('...')) }), {
      allowUnknown: true,
    }),
    given: TREE,
    sent: SENT_TREE,
  },
  'what holds under a condition': {
    schema: jsonSchema({
      type: 'object',
      required: ['kind'],
      if: { properties: { kind: { const: 'a' } } },
      then: { $ref: '#/$defs/A' },
      else: { $ref: '#/$defs/B' },
      $defs: {
        A: { properties: { kind: {}, a: { type: 'string' } } },
        B: { properties: { kind: {}, b: USER } },
      },
    }),
    given: { kind: 'b', b: { id: 1, secret: 'x' }, secret: 'x' },
    sent: { kind: 'b', b: { id: 1 } },
  },
  'no further keys than those of others': {
    schema: jsonSchema({
      type: 'object',
      allOf: [{ $ref: '#/$defs/A' }],
      unevaluatedProperties: false,
      $defs: { A: USER },
    }),
    given: { id: 1 },
    sent: { id: 1 },
  },
}

/** What names a reference that nobody can follow, and what is no schema of its own. */
const REFUSED: Record<string, { schema: () => Schema; says: RegExp }> = {
  'a schema that only the validator knows': {
    schema: () => {
      const ajv = ajvWith(new Ajv2020(SETTINGS), { $id: 'user.json', ...USER })
      return jsonSchema(page({ $ref: 'user.json' }), { ajv: { compile: (schema) => ajv.compile(schema) } })
    },
    says: /refers to 'user\.json', and where that leads is not known; .*\$defs.*jsonSchema\(schema, \{ ajv \}\)/,
  },
  'a $dynamicRef that may lead to several places': {
    schema: () =>
      jsonSchema({
        type: 'object',
        properties: { a: { $ref: 'a' }, b: { $ref: 'b' } },
        $defs: {
          a: { $id: 'a', $dynamicAnchor: 'node', ...kids({ $dynamicRef: '#node' }) },
          b: { $id: 'b', $dynamicAnchor: 'node', ...kids({ $dynamicRef: '#node' }) },
        },
      }),
    says: /refers to '#node', and where that leads is not known/,
  },
  'what a library says, and does not have in it': {
    schema: () => saying({ type: 'object', properties: { a: { $ref: '#/$defs/A' } } }),
    says: /refers to '#\/\$defs\/A'/,
  },
  'references that lead to each other': {
    schema: () =>
      saying({ $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/B' }, B: { $ref: '#/$defs/A' } } }),
    says: /refers to '#\/\$defs\/A'/,
  },
  'a link of Joi that leads out': {
    schema: () => Joi.object({ a: Joi.link('#nobody') }) as unknown as Schema,
    says: /refers to '#\/\$defs\/nobody'.*let the link lead to a schema that it is in/,
  },
  'a pattern that is none': {
    schema: () => saying({ type: 'object', properties: { a: { type: 'string', pattern: '(' } } }),
    says: /has the pattern '\(', which is none; correct the pattern/,
  },
}

function saying(said: object): Schema {
  const jsonSchemaOf = { input: () => said, output: () => said }
  const standard = {
    version: 1,
    vendor: 'plain',
    validate: (value: unknown) => ({ value }),
    jsonSchema: jsonSchemaOf,
  }
  return { '~standard': standard } as unknown as Schema
}

for (const { name, express } of FRAMEWORKS) {
  describe(`references of a JSON Schema, on ${name}`, () => {
    test('are followed in answers, wherever they lead', async (t) => {
      const cases = Object.entries(FOLLOWED)
      const { ask, errors } = await play(t, express, (app) => {
        for (const [at, [, { schema, given = GIVEN }]] of cases.entries()) {
          for (const responses of MODES) {
            const step = validate({ response: { 200: schema } }, { responses })
            app.get(`/${at}/${responses}`, step, (_: unknown, res: any) => res.json(given))
          }
        }
      })
      for (const [at, [title, { sent = SENT }]] of cases.entries()) {
        for (const responses of MODES) {
          const { body } = await ask(`/${at}/${responses}`)
          assert.equal(body, JSON.stringify(sent), `${title} (${responses})`)
        }
      }
      assert.deepEqual(errors, [])
    })

    test('are followed in queries, with coercion and unknown keys, and in the document', async (t) => {
      const ajv = ajvWith(new Ajv2020(SETTINGS), {
        $id: 'https://example.com/page.json',
        type: 'object',
        properties: { of: { type: 'integer' } },
      })
      const query = jsonSchema(
        { type: 'object', properties: { page: { $ref: 'https://example.com/page.json' } } },
        { ajv },
      )
      let document: any
      const { ask } = await play(t, express, (app) => {
        app.set('query parser', 'extended')
        app.get('/', validate({ query }, { unknown: 'strip' }), (req: any, res: any) => res.json(req.query))
        document = openapiDocument(app, { info: { title: 'T', version: '1' } })
      })
      assert.equal((await ask('/?page[of]=3&page[x]=1&y=1')).body, '{"page":{"of":3}}')
      const [parameter] = document.paths['/'].get.parameters
      assert.deepEqual(parameter.schema, { $ref: '#/components/schemas/page' })
      assert.deepEqual(document.components.schemas.page, {
        type: 'object',
        properties: { of: { type: 'integer' } },
      })
    })

    test('that lead nowhere are refused at registration, in requests as in answers', () => {
      for (const [title, { schema, says }] of Object.entries(REFUSED)) {
        for (const contract of [
          { response: { 200: schema() } },
          { response: { 200: { schema: schema() } } },
          { body: schema() },
        ]) {
          assert.throws(
            () => express().get('/', validate(contract), (_req, res) => void res.end()),
            (error: any) => error.code === 'NOZOMI_SCHEMA_CONTRACT' && says.test(error.message),
            title,
          )
        }
      }
    })

    test('what lists an object is asked whether it is that one, in production as well', async (t) => {
      const schema = jsonSchema({ enum: [{ a: 1 }, 'none'] })
      const { ask, errors } = await play(t, express, (app) => {
        for (const responses of MODES) {
          const step = () => validate({ response: { 200: schema } }, { responses })
          app.get(`/right/${responses}`, step(), (_: unknown, res: any) => res.json({ a: 1 }))
          app.get(`/wrong/${responses}`, step(), (_: unknown, res: any) => res.json({ a: 1, secret: 'x' }))
        }
      })
      for (const responses of MODES) {
        assert.equal((await ask(`/right/${responses}`)).body, '{"a":1}')
        assert.equal((await ask(`/wrong/${responses}`)).status, 500)
      }
      assert.equal(errors.length, 2)
    })
  })
}
