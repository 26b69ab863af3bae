import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { stringify } from 'qs'
import { z } from 'zod'
import { jsonSchema, validate } from '#dist/index.js'
import { applicationOf, type Ask, asking, echo, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const Query = z.object({
  number: z.number().optional(),
  integer: z.number().int().optional(),
  flag: z.boolean().optional(),
  nothing: z.number().nullable().optional(),
  text: z.string().optional(),
  either: z.union([z.string(), z.number()]).optional(),
  numbers: z.array(z.number()).optional(),
  texts: z.array(z.string()).optional(),
  nested: z
    .object({ flags: z.array(z.boolean()).optional(), deep: z.object({ n: z.number() }).optional() })
    .optional(),
})

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const query = fc.record(
  {
    number,
    integer: fc.maxSafeInteger(),
    flag: fc.boolean(),
    nothing: fc.constant(null),
    text: fc.string({ unit: 'grapheme' }),
    either: fc.oneof(fc.string(), number.map(String)),
    numbers: fc.array(number, { minLength: 1, maxLength: 30 }),
    texts: fc.array(fc.string(), { minLength: 1, maxLength: 30 }),
    nested: fc.record(
      { flags: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), deep: fc.record({ n: number }) },
      { requiredKeys: ['deep'] },
    ),
  },
  { requiredKeys: [] },
)

for (const { name, express } of FRAMEWORKS) {
  const serve = async (t: any, contract: ReturnType<typeof validate>): Promise<Ask> => {
    const app = applicationOf(express, (it) => {
      it.set('query parser', 'extended')
      it.all('/', contract, echo)
    })
    return asking(t, app)
  }

  test(`${name}: what a schema allows, written as a query, is read as the same value`, async (t) => {
    const ask = await serve(t, validate({ query: Query }))
    await fc.assert(
      fc.asyncProperty(query, async (value) => {
        const { status, body } = await ask(`/?${written(value)}`)
        assert.equal(status, 200, JSON.stringify(body))
        assert.deepEqual(body.query, JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 60 },
    )
  })

  test(`${name}: what a schema allows, written as a form, is read as the same value`, async (t) => {
    const ask = await serve(t, validate({ body: Query }))
    await fc.assert(
      fc.asyncProperty(query, async (value) => {
        const { status, body } = await ask('/', { form: written(value) })
        assert.equal(status, 200, JSON.stringify(body))
        assert.deepEqual(body.body, JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 60 },
    )
  })

  test(`${name}: a text that is no number in decimal notation stays a text`, async (t) => {
    const ask = await serve(
      t,
      validate({ query: jsonSchema({ properties: { n: { type: ['number', 'array'] } } }) }),
    )
    for (const text of [
      '',
      ' 1',
      '1 ',
      '+5',
      '0x10',
      '0b1',
      '1n',
      '7 ',
      '\t7',
      '7\n',
      '1e',
      '.5',
      '5.',
      '+1',
      'NaN',
      'Infinity',
      '1_000',
      '1e999',
      '٣',
      '--1',
      '1,5',
    ]) {
      const { body } = await ask(`/?n=${encodeURIComponent(text)}`)
      assert.deepEqual(body.query, { n: [text] }, text)
    }
    for (const [text, value] of [
      ['007', 7],
      ['-1.50', -1.5],
      ['1E3', 1000],
      ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ] as const) {
      assert.deepEqual((await ask(`/?n=${text}`)).body.query, { n: value }, text)
    }
  })

  test(`${name}: only the texts that mean a boolean become one`, async (t) => {
    const ask = await serve(t, validate({ query: z.object({ flag: z.boolean() }) }))
    for (const [text, value] of [
      ['true', true],
      ['1', true],
      ['on', true],
      ['false', false],
      ['0', false],
      ['off', false],
    ] as const) {
      assert.deepEqual((await ask(`/?flag=${text}`)).body.query, { flag: value }, text)
    }
    for (const text of ['', 'yes', 'no', 'TRUE', 'True', 'y', ' true', '01', '1.0', 'null']) {
      const answer = await ask(`/?flag=${encodeURIComponent(text)}`)
      assert.deepEqual(lines(answer), ['query.flag type'], text)
    }
  })

  test(`${name}: a text that a list of values has stays a text, whatever it could be read as`, async (t) => {
    const listed = z.object({
      text: z.enum(['1', 'on', 'null']),
      number: z.literal([1, 2]),
      either: z.union([z.enum(['all', '5']), z.number()]),
    })
    const ask = await serve(t, validate({ query: listed }))
    const query = async (path: string) => (await ask(path)).body.query
    assert.deepEqual(await query('/?text=1&number=2&either=all'), { text: '1', number: 2, either: 'all' })
    assert.deepEqual(await query('/?text=on&number=1&either=5'), { text: 'on', number: 1, either: '5' })
    assert.deepEqual(await query('/?text=null&number=1&either=6'), { text: 'null', number: 1, either: 6 })
    assert.deepEqual(lines(await ask('/?text=2&number=3&either=x')), [
      'query.text not_allowed',
      'query.number not_allowed',
      'query.either type',
    ])
  })

  test(`${name}: a query has nothing that its schema drops, and is refused for a key that it would drop`, async (t) => {
    const ask = await serve(t, validate({ query: z.object({ n: z.number(), text: z.string().optional() }) }))
    assert.deepEqual((await ask('/?n=1&more=2&n2[a]=3')).body.query, { n: 1 })
    assert.deepEqual((await ask('/?more=2&text=a&n=1')).body.query, { n: 1, text: 'a' })
    assert.deepEqual(lines(await ask('/?n=1&prototype=2')), ['query.prototype forbidden_key'])
    assert.deepEqual(lines(await ask('/?more=2')), ['query.n required'])
  })

  test(`${name}: a repeated name where no list is wanted is an issue, in queries and forms`, async (t) => {
    const one = z.object({
      n: z.number().optional(),
      flag: z.boolean().optional(),
      text: z.string().optional(),
      color: z.enum(['red', 'green']).optional(),
      nothing: z.number().nullable().optional(),
    })
    const askQuery = await serve(t, validate({ query: one }))
    const askForm = await serve(t, validate({ body: one }))
    for (const text of [
      'n=1&n=2',
      'n=1&n=1',
      'n[]=1',
      'n[a]=1',
      'flag=true&flag=true',
      'text=a&text=b',
      'nothing=null&nothing=1',
    ]) {
      const key = text.split(/[=[]/, 1)[0]
      assert.deepEqual(lines(await askQuery(`/?${text}`)), [`query.${key} type`], text)
      assert.deepEqual(lines(await askForm('/', { form: text })), [`body.${key} type`], text)
    }
    assert.deepEqual(lines(await askQuery('/?color=red&color=red')), ['query.color not_allowed'])
  })

  test(`${name}: a whole number that would become another one is refused`, async (t) => {
    const ask = await serve(t, validate({ query: z.object({ id: z.number() }) }))
    assert.equal((await ask('/?id=9007199254740993')).status, 400)
    assert.equal((await ask('/?id=12345678901234567890')).status, 400)
  })

  test(`${name}: a body of JSON is not coerced`, async (t) => {
    const ask = await serve(t, validate({ body: z.object({ n: z.number() }) }))
    assert.equal((await ask('/', { json: { n: '1' } })).status, 400)
  })
}

/** Lists with brackets only where a parser would not take repeated names for one. */
function written(value: object): string {
  return stringify(value, { arrayFormat: 'repeat', strictNullHandling: false }).replaceAll(
    'nothing=&',
    'nothing=null&',
  )
}
