import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import {
  assertFieldRefused,
  assertProblem,
  createProduct,
  fieldsOf,
  productBody,
  removeProduct,
} from '../products.js'
import type { TestShop } from '../../support/test-shop.js'

const LIST = '/api/v1/products'

type Case = readonly [value: unknown, problem: RegExp]

const LINE_CASES: readonly Case[] = [
  [undefined, /^is missing$/],
  [7, /^is 7$/],
  [null, /^is null$/],
  ['', /^is ""$/],
  ['   ', /^is ""$/],
  ['x'.repeat(121), /^has 121 characters$/],
  ['nul\0', /^is "nul\\u0000"$/],
  ['two\nlines', /^is "two\\nlines"$/],
  ['\ud800', /^is "\\ud800"$/],
  [['a'], /^is a list$/],
]

const COUNT_CASES: readonly Case[] = [
  [undefined, /^is missing$/],
  ['7', /^is "7"$/],
  [-1, /^is -1$/],
  [1.5, /^is 1.5$/],
  [1_000_000_000, /^is 1000000000$/],
  [null, /^is null$/],
]

/** Each field of a product with what it refuses; the field's path, how a body with the value is made, the rule. */
const BODY_FIELDS: readonly (readonly [
  string,
  (value: unknown) => Record<string, unknown>,
  readonly Case[],
  RegExp,
])[] = [
  [
    'sku',
    (sku) => ({ sku }),
    [
      [undefined, /^is missing$/],
      ['ab', /^is "ab"$/],
      ['lower-1', /^is "lower-1"$/],
      ['-ABC', /^is/],
      ['A'.repeat(33), /^is "A+"$/],
      [12, /^is 12$/],
    ],
    /capital letters, digits and hyphens/,
  ],
  ['name', (name) => ({ name }), LINE_CASES, /1 to 120 characters/],
  [
    'description',
    (description) => ({ description }),
    [
      [7, /^is 7$/],
      ['x'.repeat(2001), /^has 2001 characters$/],
      ['\u001b[31m', /^is "\\u001b/],
    ],
    /at most 2000 characters/,
  ],
  [
    'category',
    (category) => ({ category }),
    [
      [undefined, /^is missing$/],
      ['', /^is ""$/],
      ['Tea & coffee', /^is "Tea & coffee"$/],
      [{ slug: 'bath' }, /^is an object$/],
    ],
    /slug of a category/,
  ],
  [
    'category',
    (category) => ({ category }),
    [['hats', /^is "hats", which is no category$/]],
    /one of .*bath/,
  ],
  [
    'price',
    (price) => ({ price }),
    [
      [undefined, /^is missing$/],
      [1290, /^is 1290$/],
      [null, /^is null$/],
    ],
    /an amount and a currency/,
  ],
  [
    'price.amount',
    (amount) => ({ price: { amount, currency: 'EUR' } }),
    COUNT_CASES,
    /cents from 0 to 100000000/,
  ],
  [
    'price.currency',
    (currency) => ({ price: { amount: 1, currency } }),
    [
      [undefined, /^is missing$/],
      ['USD', /^is "USD"$/],
      ['eur', /^is "eur"$/],
    ],
    /"EUR"/,
  ],
  [
    'price.tax',
    (tax) => ({ price: { amount: 1, currency: 'EUR', tax } }),
    [[7, /^is not known here$/]],
    /only amount, currency/,
  ],
  ['stock', (stock) => ({ stock }), COUNT_CASES, /pieces from 0 to 1000000/],
  ['version', (version) => ({ version }), [[7, /^is not known here$/]], /only sku, name/],
]

const QUERY_FIELDS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['q', ['x'.repeat(101), '\0', 'a b c d e f g h i'], /at most 100 characters and 8 words/],
  ['category', ['', 'Bath', "bath'--"], /slug of a category/],
  ['minPrice', ['', 'x', '-1', '1.5', '100000001', '99999999999999999999'], /cents from 0 to 100000000/],
  ['maxPrice', ['', 'x', '-1', '0x10', ' 5'], /cents from 0 to 100000000/],
  ['inStock', ['', '1', 'TRUE', 'yes'], /true or false/],
  ['sort', ['', 'colour', '--price', 'price,name', 'constructor'], /one of name, -name, price/],
  ['limit', ['', '0', '101', '1000000', '-5', 'all'], /from 1 to 100/],
  ['page', ['', '0', '-1', 'x', '10002'], /from 1 to 10001/],
  ['cursor', ['', 'x', '!!', 'bnVsbA', 'W10', 'x'.repeat(2000)], /nextCursor/],
]

export function describeRefusals(shop: () => TestShop): void {
  describe('a body with a wrong field', () => {
    for (const [field, bodyWith, cases, expected] of BODY_FIELDS) {
      for (const [value, problem] of cases) {
        it(`is refused on POST: ${field} ${JSON.stringify(value)?.slice(0, 40) ?? 'missing'}`, async () => {
          const answer = await shop().ask(LIST, { method: 'POST', json: productBody(bodyWith(value)) })
          assertFieldRefused(answer, 'body', field, problem, expected)
        })
      }
    }

    it('is refused on PUT and PATCH by the same rules, and nothing is written', async () => {
      const { json } = await createProduct(shop())
      const path = `${LIST}/${json.id}`
      const headers = { 'If-Match': '*' }
      for (const [field, bodyWith, cases, expected] of BODY_FIELDS) {
        for (const [value, problem] of cases) {
          const put = await shop().ask(path, { method: 'PUT', headers, json: productBody(bodyWith(value)) })
          assertFieldRefused(put, 'body', field, problem, expected)
          // A field that is missing is none that is changed.
          if (value === undefined) continue
          const patch = await shop().ask(path, { method: 'PATCH', headers, json: bodyWith(value) })
          assertFieldRefused(patch, 'body', field, problem, expected)
        }
      }
      assert.deepEqual((await shop().ask(path)).json, json)
      await removeProduct(shop(), json.id)
    })

    it('is told of all wrong fields at once', async () => {
      const answer = await shop().ask(LIST, { method: 'POST', json: { name: '', stock: -1, extra: 1 } })
      assertProblem(answer, 400, 'invalid-input')
      const fields = fieldsOf(answer)
      assert.deepEqual(fields.toSorted(), ['category', 'extra', 'name', 'price', 'sku', 'stock'])
    })

    it('is refused when a change has no fields', async () => {
      const answer = await shop().ask(`${LIST}/1`, {
        method: 'PATCH',
        headers: { 'If-Match': '*' },
        json: {},
      })
      assertFieldRefused(answer, 'body', '', /has no fields/, /at least one of sku/)
    })
  })

  describe('a query with a wrong field', () => {
    for (const [field, values, expected] of QUERY_FIELDS) {
      for (const value of values) {
        it(`is refused: ${field}=${value.slice(0, 20)}`, async () => {
          const answer = await shop().ask(`${LIST}?${new URLSearchParams({ [field]: value })}`)
          assertFieldRefused(answer, 'query', field, /^(is|has) /, expected)
        })
      }
      it(`is refused when ${field} is given twice`, async () => {
        const answer = await shop().ask(`${LIST}?${field}=1&${field}=1`)
        assertFieldRefused(answer, 'query', field, /^is a list$/, expected)
      })
    }

    it('is refused when a parameter is not known, and names those that are', async () => {
      const answer = await shop().ask(`${LIST}?prcie=1`)
      assertFieldRefused(answer, 'query', 'prcie', /^is not known here$/, /q, category, minPrice/)
    })

    it('is refused when the category is none', async () => {
      for (const path of [`${LIST}?category=hats`, `${LIST}?category=hats&cursor=WyJuYW1lIiwiYSIsMV0`]) {
        assertFieldRefused(
          await shop().ask(path),
          'query',
          'category',
          /^is "hats", which is no category$/,
          /one of .*bath/,
        )
      }
    })

    it('is refused when the bounds of the price are the wrong way round', async () => {
      const answer = await shop().ask(`${LIST}?minPrice=5&maxPrice=4`)
      assertFieldRefused(answer, 'query', 'minPrice', /more than maxPrice/, /at most 4/)
    })

    it('is refused with both a page and a cursor', async () => {
      const { json } = await shop().ask(LIST)
      const answer = await shop().ask(`${LIST}?page=2&cursor=${json.nextCursor}`)
      assertFieldRefused(answer, 'query', 'page', /together with a cursor/, /a page or a cursor/)
    })

    it('is refused with a cursor of another order', async () => {
      const { json } = await shop().ask(LIST)
      const answer = await shop().ask(`${LIST}?sort=price&cursor=${json.nextCursor}`)
      assertFieldRefused(answer, 'query', 'cursor', /not one of this order/, /nextCursor/)
    })

    it('is refused with a cursor that somebody wrote', async () => {
      for (const content of [
        ['name', 5, 1],
        ['price', 'a', 1],
        ['price', 99_999_999_999, 1],
        ['created', 1e300, 1],
        ['created', -1, 1],
        ['name', 'a', 1.5],
        ['name', 'a', -1],
        ['name', 'a', 99_999_999_999],
        ['name', 'a\0', 1],
        ['name', { a: 1 }, 1],
        ['name', 'a'],
      ]) {
        const cursor = Buffer.from(JSON.stringify(content)).toString('base64url')
        const answer = await shop().ask(`${LIST}?sort=${content[0]}&cursor=${cursor}`)
        assertFieldRefused(answer, 'query', 'cursor', /not one of this order/, /nextCursor/)
      }
    })

    it('is refused for a page so deep that a cursor is the way', async () => {
      assert.equal((await shop().ask(`${LIST}?page=101&limit=100`)).status, 200)
      const answer = await shop().ask(`${LIST}?page=102&limit=100`)
      assertFieldRefused(
        answer,
        'query',
        'page',
        /^is 102$/,
        /at most 101 with this limit; go on with nextCursor/,
      )
    })
  })

  describe('an address of no product', () => {
    for (const id of ['abc', '0', '-1', '1.5', '2147483648', '99999999999', '%20', '%00', "1'--"]) {
      it(`is refused for each method: ${id}`, async () => {
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
          const json = method === 'GET' || method === 'DELETE' ? undefined : productBody()
          const answer = await shop().ask(`${LIST}/${id}`, { method, json, headers: { 'If-Match': '*' } })
          assertFieldRefused(answer, 'params', 'id', /^is /, /from 1 to 2147483647/)
        }
      })
    }

    it('answers 404 for each method when there is none of this number', async () => {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        const json = method === 'GET' || method === 'DELETE' ? undefined : productBody()
        const answer = await shop().ask(`${LIST}/2147483647`, { method, json, headers: { 'If-Match': '*' } })
        assertProblem(answer, 404, 'product-not-found')
      }
    })

    it('is refused with 400 when its percent-encoding is broken', async () => {
      for (const [text, shown] of [
        ['%zz', /%zz/],
        ['%ff', /%ff/],
        ['%E0%A4%A', /%E0%A4%A/],
      ] as const) {
        const answer = await shop().ask(`${LIST}/${text}`)
        assertProblem(answer, 400, 'malformed-request')
        const [issue] = answer.json.issues
        assert.deepEqual([issue.in, issue.path], ['params', []])
        assert.match(issue.message, shown)
        assert.match(issue.message, /expected .*percent-encoded/)
      }
    })
  })

  describe('a malformed If-Match', () => {
    for (const tag of ['1-1', '"1-1', 'w/"1"', '"a" "b"', ',']) {
      it(`is refused: ${tag}`, async () => {
        const answer = await shop().ask(`${LIST}/1`, {
          method: 'PATCH',
          headers: { 'If-Match': tag },
          json: { stock: 1 },
        })
        assertFieldRefused(answer, 'headers', 'if-match', /^is "/, /with its quotes/)
      })
    }
  })

  describe('a body that can not be read', () => {
    const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
      shop().ask(LIST, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } })

    for (const body of ['{', '{"name":}', 'name=x', '{"a":1}{"b":2}', '\u0000']) {
      it(`is refused with 400 when it is no JSON: ${body}`, async () => {
        assertProblem(await send(body), 400, 'malformed-json')
      })
    }

    for (const [body, problem] of [
      ['"text"', /^is "text"$/],
      ['5', /^is 5$/],
      ['null', /^is null$/],
      ['true', /^is true$/],
    ] as const) {
      it(`is refused with 400 when it is JSON, and no object: ${body}`, async () => {
        assertFieldRefused(await send(body), 'body', '', problem, /JSON object/)
      })
    }

    it('is refused with 400 when it is missing, or a list', async () => {
      assertFieldRefused(await shop().ask(LIST, { method: 'POST' }), 'body', '', /is missing/, /JSON object/)
      assertFieldRefused(await send('[]'), 'body', '', /is a list/, /JSON object/)
    })

    it('is refused with 400 when it tries to change a prototype', async () => {
      const { sku, ...rest } = productBody()
      const text = JSON.stringify(rest).replace(
        '{',
        `{"sku":${JSON.stringify(sku)},"__proto__":{"admin":true},`,
      )
      assertProblem(await send(text), 400, 'invalid-input')
    })

    it('is refused with 413 and the limit when it is too large, also when it was compressed', async () => {
      const large = JSON.stringify(productBody({ description: 'x'.repeat(70_000) }))
      for (const answer of [await send(large), await send(gzipSync(large), { 'Content-Encoding': 'gzip' })]) {
        assertProblem(answer, 413, 'body-too-large')
        assert.match(answer.json.detail, /65536 bytes/)
      }
    })

    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense']) {
      it(`is refused with 415 when it is ${type}`, async () => {
        const answer = await send('{}', { 'Content-Type': type })
        assertProblem(answer, 415, 'unsupported-media-type')
        assert.match(answer.json.detail, /application\/json/)
        assert.match(answer.headers.get('accept') ?? '', /application\/json/)
      })
    }

    it('is refused with 415 in a charset or coding that is not known', async () => {
      const charset = await send('{}', { 'Content-Type': 'application/json; charset=klingon' })
      assertProblem(charset, 415, 'unsupported-media-type')
      assertProblem(await send('{}', { 'Content-Encoding': 'zip' }), 415, 'unsupported-media-type')
    })
  })

  describe('an address or a method that there is not', () => {
    it('answers 404 as JSON under /api, whatever the client prefers', async () => {
      for (const path of ['/api', '/api/v1', '/api/v1/hats', '/api/v9/products', '/api/v1/products/1/x']) {
        assertProblem(await shop().ask(path, { headers: { Accept: 'text/html' } }), 404, 'unknown-route')
      }
      assertProblem(await shop().ask('/api/v1/hats', { method: 'POST', json: {} }), 404, 'unknown-route')
    })

    it('answers 405 and says what there is', async () => {
      for (const [method, path, allow] of [
        ['DELETE', LIST, 'GET, HEAD, OPTIONS, POST'],
        ['POST', `${LIST}/1`, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
        ['POST', '/api/v1/categories', 'GET, HEAD, OPTIONS'],
        ['POST', '/', 'GET, HEAD, OPTIONS'],
      ] as const) {
        const answer = await shop().ask(path, { method })
        assertProblem(answer, 405, 'method-not-allowed')
        assert.equal(answer.headers.get('allow'), allow)
        const options = await shop().ask(path, { method: 'OPTIONS' })
        assert.deepEqual([options.status, options.headers.get('allow')], [204, allow])
      }
    })

    it('explains each problem at its type', async () => {
      const { json } = await shop().ask('/problems')
      assert.ok(json.items.length > 10)
      for (const { code, status, title } of json.items) {
        const { json: explained } = await shop().ask(`/problems/${code}`)
        assert.deepEqual([explained.code, explained.status, explained.title], [code, status, title])
        assert.ok(explained.explanation.length > 0)
      }
      assertProblem(await shop().ask('/problems/nonsense'), 404, 'unknown-route')
    })
  })
}
