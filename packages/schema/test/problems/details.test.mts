import assert from 'node:assert/strict'
import test from 'node:test'
import { inspect } from 'node:util'
import Joi from 'joi'
import { z } from 'zod'
import { type FoundIssue, joi, jsonSchema, type Schema, ValidationError, validate } from '#dist/index.js'
import { asking, type Question } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { VENDORS } from '../support/vendors.mjs'

for (const { name, express } of FRAMEWORKS) {
  /** The issues that an error handler gets of one request. */
  const issuesOf = async (
    t: any,
    contract: any,
    path: string,
    question: Question = {},
    options = {},
  ): Promise<readonly FoundIssue[]> => {
    let issues: readonly FoundIssue[] = []
    const app = express()
    app.set('query parser', 'extended')
    app.use(express.json())
    app.use(express.urlencoded({ extended: true }))
    app.all('/:id', validate(contract, options), (_req: unknown, res: any) => res.end())
    app.use((error: any, _req: unknown, res: any, _next: unknown) => {
      assert.ok(error instanceof ValidationError)
      issues = error.issues
      res.status(error.status).end()
    })
    await (await asking(t, app))(path, question)
    return issues
  }

  const limit = z.number().int().min(1).max(100).meta({ expected: 'a whole number from 1 to 100' })

  test(`${name}: an issue knows what was sent, before anything was made of it`, async (t) => {
    const contract = {
      params: z.object({ id: z.number() }),
      query: z.object({
        limit,
        sizes: z.array(z.number()),
        name: z.string(),
        deep: z.object({ n: z.number() }),
      }),
      headers: z.object({ 'x-limit': limit }),
      cookies: z.object({ visits: z.number() }),
      body: z.object({ n: z.number(), list: z.array(z.object({ at: z.string() })) }),
    }
    const issues = await issuesOf(t, contract, '/x?limit=0500&sizes=4,5&deep[n]=%20', {
      json: { n: '7', list: [{ at: 1 }] },
      headers: { 'x-limit': '0', cookie: 'visits=many' },
    })
    assert.deepEqual(
      issues.map((issue) => [[issue.in, ...issue.path].join('.'), issue.details.value]),
      [
        ['params.id', 'x'],
        ['query.limit', '0500'],
        ['query.sizes.0', '4,5'],
        ['query.name', undefined],
        ['query.deep.n', ' '],
        ['headers.x-limit', '0'],
        ['cookies.visits', 'many'],
        ['body.n', '7'],
        ['body.list.0.at', 1],
      ],
    )
  })

  test(`${name}: an issue knows the schema of its place, with keywords of one's own`, async (t) => {
    const Item = z.object({ size: limit }).meta({ id: 'DetailItem' })
    const contract = {
      body: z.object({
        plain: limit,
        optional: limit.optional(),
        withDefault: limit.default(1),
        piped: limit.transform(String),
        nullable: z.string().nullable().meta({ expected: 'a text or null' }),
        items: z.array(Item),
        record: z.record(z.string(), limit),
        tagged: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('a'), value: limit }),
          z.object({ kind: z.literal('b'), value: z.string() }),
        ]),
        transformed: z.custom(() => false),
      }),
    }
    const wrong = {
      plain: 0,
      optional: 0,
      withDefault: 0,
      piped: 0,
      nullable: 1,
      items: [{ size: 0 }],
      record: { any: 0 },
      tagged: { kind: 'a', value: 0 },
      transformed: 0,
    }
    const issues = await issuesOf(t, contract, '/x', { json: wrong })
    assert.deepEqual(
      issues.map((issue) => [issue.path.join('.'), issue.details.schema?.['expected']]),
      [
        ['plain', 'a whole number from 1 to 100'],
        ['optional', 'a whole number from 1 to 100'],
        ['withDefault', 'a whole number from 1 to 100'],
        ['piped', 'a whole number from 1 to 100'],
        ['nullable', 'a text or null'],
        ['items.0.size', 'a whole number from 1 to 100'],
        ['record.any', 'a whole number from 1 to 100'],
        ['tagged.value', 'a whole number from 1 to 100'],
        ['transformed', undefined],
      ],
    )
  })

  test(`${name}: the schema of a place is found behind references, and in recursive schemas`, async (t) => {
    const body = jsonSchema({
      $ref: '#/$defs/Node',
      $defs: {
        Node: {
          type: 'object',
          properties: { next: { $ref: '#/$defs/Node' }, n: { $ref: '#/$defs/N', title: 'own' } },
        },
        N: { type: 'number', title: 'N', description: 'number' },
      },
    })
    const [issue] = await issuesOf(t, { body }, '/x', { json: { next: { next: { n: 'x' } } } })
    assert.deepEqual(issue!.path, ['next', 'next', 'n'])
    assert.deepEqual(issue!.details.schema, { type: 'number', title: 'own', description: 'number' })
  })

  test(`${name}: an issue of an unknown key knows the names that there are`, async (t) => {
    const contract = {
      query: z.strictObject({ page: z.number().optional(), limit: limit.optional() }),
      body: z.object({ address: z.object({ city: z.string(), zip: z.string() }) }),
    }
    const issues = await issuesOf(
      t,
      contract,
      '/x?pages=1',
      { json: { address: { city: '', zip: '', town: '' } } },
      { unknown: 'refuse' },
    )
    assert.deepEqual(
      issues.map((issue) => [issue.path, issue.details.known, issue.details.value, issue.details.schema]),
      [
        [['pages'], ['page', 'limit'], '1', null],
        [['address', 'town'], ['city', 'zip'], '', null],
      ],
    )
  })

  test(`${name}: a schema that can't say itself has no schema of a place, and the value all the same`, async (t) => {
    const plain = {
      '~standard': {
        version: 1,
        vendor: 'plain',
        validate: () => ({ issues: [{ message: 'no', path: ['n'] }] }),
      },
    }
    const [issue] = await issuesOf(t, { body: plain as Schema }, '/x', { json: { n: 1 } })
    assert.deepEqual([issue!.details.value, issue!.details.schema], [1, null])
  })

  for (const vendor of VENDORS) {
    test(`${name}, ${vendor.name}: value and schema of a place are known`, async (t) => {
      const issues = await issuesOf(t, { body: vendor.user }, '/x', {
        json: { nested: { list: [1, 'two'] } },
      })
      const issue = issues.find(({ path }) => path.join('.') === 'nested.list.1')!
      assert.equal(issue.details.value, 'two')
      assert.equal(issue.details.schema?.type, 'number')
    })
  }

  test(`${name}: a rule of one's own has its message, and what it told besides`, async (t) => {
    const ofZod = z.object({ qty: z.number() }).superRefine((_order, context) => {
      context.addIssue({ code: 'custom', path: ['qty'], message: 'only 2 left', params: { left: 2 } })
    })
    const ofJoi = Joi.object({
      qty: Joi.number().custom((_value, helpers) => helpers.error('stock.short', { left: 2 })),
    }).messages({ 'stock.short': 'only 2 left' })
    for (const body of [ofZod, ofJoi, joi(ofJoi)]) {
      const [issue] = await issuesOf(t, { body }, '/x', { json: { qty: 3 } })
      assert.equal(issue!.code, 'custom')
      assert.equal(issue!.message, 'only 2 left')
      assert.deepEqual(issue!.path, ['qty'])
      assert.deepEqual(issue!.details.params, { left: 2 })
      assert.equal(issue!.details.value, 3)
    }
  })

  test(`${name}: logs and JSON of an issue have neither what was sent nor the schema`, async (t) => {
    const body = z.object({ password: z.string().min(20).meta({ internal: 'keyword' }) })
    const issues = await issuesOf(t, { body }, '/x', { json: { password: 'secret-word' } })
    assert.equal(issues[0]!.details.value, 'secret-word')
    for (const text of [inspect(issues, { depth: 9 }), JSON.stringify(issues)])
      assert.doesNotMatch(text, /secret-word|keyword/)
  })

  test(`${name}: a schema is not asked for its JSON Schema again before a message wants it`, async (t) => {
    let asked = 0
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'plain',
        validate: () => ({ issues: [{ message: 'no' }] }),
        jsonSchema: { input: () => (asked++, { type: 'string' }), output: () => ({}) },
      },
    }
    const [issue] = await issuesOf(t, { body: schema as unknown as Schema }, '/x', { json: {} })
    const atRegistration = asked
    assert.deepEqual(issue!.details.schema, { type: 'string' })
    assert.deepEqual(issue!.details.schema, { type: 'string' })
    assert.equal(asked, atRegistration + 1)
  })
}
