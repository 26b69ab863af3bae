import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import nozomi from 'nozomi'
import qs from 'qs'
import { type ExtendedQueryOptions, parseExtendedQuery } from '#dist/http/extended-query.js'
import { RecentNames } from '#dist/http/recent-names.js'
import { listen } from '../support/serve.mjs'
import { FORM_TYPE, parsing } from './parsing.mjs'
import { LONG_TEXTS, type LongText } from './long-texts.mjs'

/*
 * The oracle is `qs`, with the options that Express and body-parser give it.
 */

const name = fc.constantFrom('a', 'b', 'é', '0', '1', '', 'a.b', '.', 'toString', '__proto__', 'constructor')
const bracket = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('[]', '[0]', '[1]', '[2]', '[a]', '[b]') },
  fc.constantFrom('[5]', '[19]', '[20]', '[21]', '[120]', '[01]', '[-1]', '[1.5]', '[4294967295]', '[ ]'),
  fc.constantFrom(
    '[__proto__]',
    '[toString]',
    '[constructor]',
    '[a.b]',
    '[[]]',
    '[[0]]',
    '[',
    ']',
    '%5Ba%5d',
  ),
)
const key = fc.tuple(name, fc.array(bracket, { maxLength: 4 })).map(([first, rest]) => first + rest.join(''))
const value = fc.constantFrom(
  '',
  '',
  '=',
  '=1',
  '=2',
  '=x+y',
  '=%C3%A9',
  '=%E9',
  '=%',
  '=]=',
  '=%26%239786%3B',
)
const parameter = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(key, value).map((parts) => parts.join('')) },
  fc.constantFrom('', 'utf8=%E2%9C%93', 'utf8=%26%2310003%3B', 'utf8=x', 'a=%26%23128512%3B', 'a=&#233;'),
)
const parameters = fc.array(parameter, { maxLength: 12 }).map((parts) => parts.join('&'))

/** Pieces without any order: what nobody would write. */
const pieces = fc
  .array(
    fc.constantFrom('a', '0', '[', ']', '[]', '=', '&', '.', '%', '%5B', '%5D', '+', '%C3', '__proto__'),
    {
      maxLength: 24,
    },
  )
  .map((parts) => parts.join(''))

/** More keys than are compared one by one, with integers among them, and long values. */
const manyKeys = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.nat(30).map((i) => `key${i}[x]`),
        fc.nat(20).map(String),
        fc.constantFrom('4294967294', '4294967295', '01', '[0]', '[1]', '0[a]'),
      ),
      fc.oneof(value, fc.constantFrom(`=${'a%20+'.repeat(60)}`, '=%41%7f%80', '=%4', '=%+1', '=%2B+')),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.map((part) => part.join('')).join('&'))

const text = fc.oneof({ weight: 3, arbitrary: parameters }, pieces, fc.string())

const anyOptions: fc.Arbitrary<ExtendedQueryOptions> = fc.record(
  {
    allowPrototypes: fc.boolean(),
    arrayLimit: fc.constantFrom(0, 1, 2, 3, 20, 100),
    charset: fc.constantFrom('utf-8' as const, 'iso-8859-1' as const),
    charsetSentinel: fc.boolean(),
    depth: fc.constantFrom(0, 1, 2, 5, 32, Number.POSITIVE_INFINITY),
    interpretNumericEntities: fc.boolean(),
    parameterLimit: fc.constantFrom(1, 2, 5, 1000, Number.POSITIVE_INFINITY),
    strictDepth: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** What a parser gives or throws; as JSON too, which shows the order of the keys. */
function outcomeOf(parse: () => unknown): unknown {
  try {
    const result = parse()
    return { result, text: JSON.stringify(result) }
  } catch (error) {
    return { thrown: (error as Error).name, message: (error as Error).message }
  }
}

/** The names of all forms of a run, so that they are there already, or push out each other. */
const names = new RecentNames()

/** In order or not: with names that came before, and without. */
function assertReadAsQs(query: string, options: ExtendedQueryOptions): void {
  const expected = outcomeOf(() => qs.parse(query, options))
  for (const known of [null, names]) {
    const outcome = outcomeOf(() => parseExtendedQuery(query, options, known))
    assert.deepStrictEqual(outcome, expected, `${query} with ${known ? 'names' : 'no names'}`)
  }
}

function check<Ts extends [string, ...unknown[]]>(
  t: TestContext,
  property: fc.IProperty<Ts>,
  numRuns: number,
): void {
  const seed = Number(process.env['NOZOMI_TEST_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))
  t.diagnostic(`fast-check seed ${seed}`)
  fc.assert(property as fc.IProperty<unknown>, { numRuns, seed })
}

describe('parseExtendedQuery()', () => {
  it('gives what qs gives, whatever the options', (t) => {
    const property = fc.property(text, anyOptions, (query, options) => {
      assertReadAsQs(query, options)
    })
    check(t, property, 20_000)
  })

  it('gives what qs gives for many keys, in its order', (t) => {
    const property = fc.property(manyKeys, anyOptions, (query, options) => {
      assertReadAsQs(query, options)
    })
    check(t, property, 2000)
  })

  it('gives what the extended query parser of Express gives, once names of members are allowed', (t) => {
    const property = fc.property(text, (query) => {
      assertReadAsQs(query, { allowPrototypes: true })
    })
    check(t, property, 3000)
  })

  it('gives what body-parser makes of a form, extended or not', (t) => {
    const options = fc.record({
      isExtended: fc.boolean(),
      charset: fc.constantFrom('utf-8' as const, 'iso-8859-1' as const),
      charsetSentinel: fc.boolean(),
      interpretNumericEntities: fc.boolean(),
      depth: fc.constantFrom(0, 1, 2, 32),
    })
    const property = fc.property(text, options, (form, { isExtended, depth, ...rest }) => {
      const count = form.split('&').length
      const given = {
        ...rest,
        allowPrototypes: true,
        arrayLimit: isExtended ? Math.max(100, count) : count,
        depth: isExtended ? depth : 0,
        parameterLimit: 1000,
        strictDepth: true,
      }
      assertReadAsQs(form, given)
    })
    check(t, property, 4000)
  })

  it('turns an array with too many elements into an object, as qs does', () => {
    for (const count of [19, 20, 21, 22, 40]) {
      const indices = Array.from({ length: count }, (_, index) => index)
      const forms = [
        indices.map((index) => `a[]=${index}`),
        indices.map((index) => `a=${index}`),
        indices.map((index) => `a[${index}]=${index}`),
        indices.map((index) => `a[${count - index}]=${index}`),
        [...indices.map((index) => `a[]=${index}`), 'a[b]=c', 'a=d', 'a[3]=e'],
        [...indices.map((index) => `a[0][]=${index}`), 'a[0]=d', 'a=e'],
      ]
      for (const form of forms.map((parts) => parts.join('&'))) {
        const options = { parameterLimit: 1000 }
        assertReadAsQs(form, options)
      }
    }
  })

  it('goes on counting where an object and strings met in one place, as qs does', () => {
    const forms = [
      'a[b]=1&a=x&a[c]=1&[a]=y',
      'a[b]=1&a=x&[a]=y&a[c]=1&[a][]=z',
      'a[b]=1&a=x&a[5]=1&[a]=y',
      'a[b]=1&a=x&a[][k]=1&a[c]=2&[a]=y&[a][d]=3',
    ]
    for (const form of forms) {
      for (const arrayLimit of [1, 2, 3, 20]) {
        assertReadAsQs(form, { arrayLimit })
      }
    }
  })

  it('throws for keys that are too deep only when it is asked to', () => {
    const deep = 'a[b][c][d]=1'
    assert.throws(() => parseExtendedQuery(deep, { depth: 2, strictDepth: true }), RangeError)
    assert.deepEqual(parseExtendedQuery(deep, { depth: 3, strictDepth: true }), {
      a: { b: { c: { d: '1' } } },
    })
    assert.deepEqual(parseExtendedQuery(deep, { depth: 2 }), { a: { b: { c: { '[d]': '1' } } } })
  })

  it('never changes a prototype, whatever is allowed', () => {
    for (const form of [
      '__proto__[x]=1',
      'a[__proto__][x]=1',
      '__proto__=1',
      'constructor[prototype][x]=1',
    ]) {
      for (const allowPrototypes of [false, true]) {
        const result = parseExtendedQuery(form, { allowPrototypes })
        assert.equal(Object.getPrototypeOf(result), Object.prototype)
        assert.equal(({} as { x?: unknown }).x, undefined)
        assert.equal((result as { x?: unknown }).x, undefined)
      }
    }
  })
})

describe('parseExtendedQuery() and long texts', () => {
  for (const kind of Object.keys(LONG_TEXTS) as LongText[]) {
    for (const arrayLimit of [20, 200_000]) {
      it(`reads 200,000 parameters of the kind ${kind}, arrays up to ${arrayLimit}`, async (t) => {
        const { milliseconds, keys } = await parseElsewhere({ kind, count: 200_000, arrayLimit })
        t.diagnostic(`${milliseconds} ms, ${keys} keys`)
        const small = { parameterLimit: 1000, arrayLimit, allowPrototypes: true }
        const sample = LONG_TEXTS[kind](500)
        assert.deepStrictEqual(parseExtendedQuery(sample, small), qs.parse(sample, small))
      })
    }
  }

  it('is linear where qs is not, which the times tell', (t) => {
    for (const kind of ['a[i]=1', 'a=1'] as const) {
      const times = [1000, 4000].map((count) => {
        const long = LONG_TEXTS[kind](count)
        const options = { parameterLimit: count, arrayLimit: count }
        return [qs.parse, parseExtendedQuery].map((parse) => {
          const start = performance.now()
          parse(long, options)
          return (performance.now() - start).toFixed(1)
        })
      })
      t.diagnostic(`${kind}: [qs, ours] in ms for 1,000 and 4,000: ${JSON.stringify(times)}`)
    }
  })
})

interface LongRun {
  kind: LongText
  count: number
  arrayLimit: number
}

/** Parses in a thread of its own, which can be stopped: quadratic work takes minutes, linear work a second or two. */
async function parseElsewhere(workerData: LongRun): Promise<{ milliseconds: number; keys: number }> {
  const worker = new Worker(new URL('./long-texts-worker.mjs', import.meta.url), { workerData })
  try {
    return await new Promise((resolve, reject) => {
      const giveUp = () => reject(new Error(`${workerData.kind} was not read within 30 s`))
      const timer = setTimeout(giveUp, 30_000)
      worker.once('message', resolve).once('error', reject)
      worker.once('exit', () => clearTimeout(timer))
    })
  } finally {
    await worker.terminate()
  }
}

describe('names of members that every object has', () => {
  const form = 'hasOwnProperty=x&toString[b]=y&a[constructor]=z&a[c]=1&__proto__[d]=1'

  it('are left out of extended queries', async (t) => {
    const app = nozomi()
    app.set('query parser', 'extended')
    app.get('/', (req, res) => void res.json([req.query, typeof req.query.hasOwnProperty]))
    const client = await listen(t, app)
    assert.equal((await client.get(`/?${form}`)).body, '[{"a":{"c":"1"}},"function"]')
  })

  it('are left out, each of them, wherever they stand in a key', () => {
    for (const member of Object.getOwnPropertyNames(Object.prototype)) {
      assert.deepEqual(parseExtendedQuery(`${member}=1&${member}[x]=1&a[${member}]=1&b=1`), { b: '1' })
      assert.deepEqual(parseExtendedQuery(`${member}s=1&a[${member}s]=1`), {
        [`${member}s`]: '1',
        a: { [`${member}s`]: '1' },
      })
    }
  })

  it('are left out where an application has added them, and can’t be assigned', (t) => {
    const everyObject: { isFrozen?: unknown } = Object.getPrototypeOf({})
    t.after(() => {
      delete everyObject.isFrozen
    })
    Object.defineProperty(everyObject, 'isFrozen', { value: true, configurable: true })
    const query = 'isFrozen=1&isFrozen[x]=1&a[isFrozen]=1&b[c]=1'
    assert.deepEqual(parseExtendedQuery(query), { b: { c: '1' } })
    assert.deepEqual(qs.parse(query), { b: { c: '1' } })
  })

  it('are kept in queries by a parser of one’s own', async (t) => {
    const app = nozomi()
    app.set('query parser', (query: string | null) => qs.parse(query ?? '', { allowPrototypes: true }))
    app.get('/', (req, res) => void res.json(req.query))
    const client = await listen(t, app)
    const expected = JSON.stringify(qs.parse(form, { allowPrototypes: true }))
    assert.equal((await client.get(`/?${form}`)).body, expected)
  })

  it('are left out of forms, unless allowPrototypes is true', async (t) => {
    for (const extended of [false, true]) {
      const guarded = await parsing(t, nozomi.urlencoded({ extended }))
      const { body } = await guarded.post('toString=x&valueOf=y&b=1', FORM_TYPE)
      assert.deepEqual(body, { b: '1' })
      const open = await parsing(t, nozomi.urlencoded({ extended, allowPrototypes: true }))
      assert.deepEqual((await open.post('toString=x&b=1&__proto__=2', FORM_TYPE)).body, {
        toString: 'x',
        b: '1',
      })
    }
  })
})

describe('the extended query parser', () => {
  it('has the limits of Express: depth 5, arrays of 20, 1,000 parameters', async (t) => {
    const app = nozomi()
    app.set('query parser', 'extended')
    app.get('/', (req, res) => void res.json(req.query))
    const client = await listen(t, app)
    const queries = [
      'a[b][c][d][e][f][g][h]=1',
      Array.from({ length: 21 }, () => 'a[]=1').join('&'),
      'a[19]=x&b[20]=y',
      Array.from({ length: 1001 }, (_, index) => `k${index}=1`).join('&'),
    ]
    for (const query of queries) {
      const expected = JSON.stringify(qs.parse(query, { allowPrototypes: true }))
      assert.equal((await client.get(`/?${query}`)).body, expected)
    }
  })
})

describe('urlencoded()', () => {
  it('reads brackets only when it is extended', async (t) => {
    const flat = await parsing(t, nozomi.urlencoded())
    assert.deepEqual((await flat.post('a[b]=1&c=2&c=3', FORM_TYPE)).body, { 'a[b]': '1', c: ['2', '3'] })
    const extended = await parsing(t, nozomi.urlencoded({ extended: true }))
    assert.deepEqual((await extended.post('a[b]=1&c[]=2', FORM_TYPE)).body, { a: { b: '1' }, c: ['2'] })
    const shallow = await parsing(t, nozomi.urlencoded({ extended: true, depth: false as never }))
    assert.deepEqual((await shallow.post('a[b]=1', FORM_TYPE)).body, { 'a[b]': '1' })
  })

  it('refuses more parameters than parameterLimit with 413', async (t) => {
    for (const extended of [false, true]) {
      const client = await parsing(t, nozomi.urlencoded({ extended, parameterLimit: 3 }))
      assert.deepEqual((await client.post('a=1&b=2&c=3', FORM_TYPE)).body, { a: '1', b: '2', c: '3' })
      const { status, error } = await client.post('a=1&b=2&c=3&', FORM_TYPE)
      assert.deepEqual(
        [status, error?.type, error?.code, error?.message],
        [413, 'parameters.too.many', 'NOZOMI_BODY_TOO_MANY_PARAMETERS', 'too many parameters'],
      )
    }
  })

  it('refuses keys deeper than depth with 400, 32 unless it says otherwise', async (t) => {
    const depthOf = async (depth: number | undefined, brackets: number) => {
      const client = await parsing(
        t,
        nozomi.urlencoded(depth === undefined ? { extended: true } : { extended: true, depth }),
      )
      return client.post(`a${'[b]'.repeat(brackets)}=1`, FORM_TYPE)
    }
    assert.equal((await depthOf(undefined, 32)).status, 200)
    assert.equal((await depthOf(2, 2)).status, 200)
    for (const [depth, brackets] of [
      [undefined, 33],
      [2, 3],
    ] as const) {
      const { status, error } = await depthOf(depth, brackets)
      assert.deepEqual(
        [status, error?.type, error?.code, error?.message],
        [400, 'querystring.parse.rangeError', 'NOZOMI_BODY_TOO_DEEP', 'The input exceeded the depth'],
      )
    }
  })

  it('answers 400 for a key that no stack could follow', async (t) => {
    const parser = nozomi.urlencoded({ extended: true, depth: Number.POSITIVE_INFINITY, limit: '10mb' })
    const client = await parsing(t, parser)
    const deep = `a${'[b]'.repeat(300_000)}`
    const { status } = await client.post(`${deep}[c]=1&${deep}[d]=2`, FORM_TYPE)
    assert.equal(status, 400)
  })

  it('keeps a list an array however long it is', async (t) => {
    const client = await parsing(t, nozomi.urlencoded({ extended: true }))
    const values = Array.from({ length: 500 }, (_, index) => String(index))
    const { body } = await client.post(values.map((value) => `a[]=${value}`).join('&'), FORM_TYPE)
    assert.deepEqual(body, { a: values })
  })
})
