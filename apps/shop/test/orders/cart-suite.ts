import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem } from '../catalogue/products.js'
import type { Answer } from '../support/client.js'
import { newProduct } from '../support/shop-goods.js'
import { STAFF, somebody } from '../support/shop-people.js'
import type { TestShop } from '../support/test-shop.js'

const CART = '/api/v1/cart'

export function describeCarts(shop: () => TestShop): void {
  const add = (headers: Record<string, string>, json: unknown) =>
    shop().ask(`${CART}/lines`, { method: 'POST', headers, json })
  const read = (headers: Record<string, string>) => shop().ask(CART, { headers })

  /** The cookie that an answer sets; null when it sets none. */
  const cookieOf = ({ headers }: Answer): string | null =>
    /(?:^|, )cart=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? null

  const quantities = ({ json }: Answer) =>
    json.lines.map(({ productId, quantity }: Record<string, number>) => [productId, quantity])

  describe('a cart', () => {
    it('of a guest is known by a cookie that scripts can not read', async () => {
      const { id } = await newProduct(shop(), 5, 350)
      const first = await add({}, { productId: id, quantity: 2 })
      assert.equal(first.status, 200, first.text)
      const set = first.headers.get('set-cookie') ?? ''
      assert.match(set, /^cart=[\w-]{43}; Max-Age=2592000; Path=\/api; .*HttpOnly; SameSite=Lax$/)
      const headers = { Cookie: `cart=${cookieOf(first)}` }
      const second = await add(headers, { productId: id })
      assert.equal(cookieOf(second), null, 'it keeps its cookie')
      const { json } = await read(headers)
      assert.deepEqual(json.total, { amount: 1050, currency: 'EUR' })
      assert.deepEqual(quantities(second), [[id, 3]])
      assert.deepEqual((await read({})).json.lines, [], 'another guest has another cart')
      assert.deepEqual((await read({ Cookie: 'cart=../..' })).json.lines, [])
      const list = await read({ Cookie: `cart=j:["${cookieOf(first)}"]` })
      assert.deepEqual([list.status, list.json.lines], [200, []], 'a list that holds the token is none')
    })

    it('of a guest whose cookie is foreign or broken is an empty one, and can be begun', async () => {
      const { id } = await newProduct(shop(), 5)
      for (const odd of [
        '',
        '%',
        '%00',
        '%E0%A4%A',
        'j:null',
        'j:{"__proto__":{"isAdmin":true}}',
        'j:{"constructor":{"prototype":1}}',
        `j:${'['.repeat(400)}${']'.repeat(400)}`,
        's:signed.by-somebody',
        'x'.repeat(4000),
      ]) {
        const headers = { Cookie: `__proto__=1; cart=${odd}; constructor=j:{"prototype":1}` }
        const answer = await read(headers)
        assert.deepEqual([answer.status, answer.json.lines], [200, []], odd)
        const begun = await add(headers, { productId: id })
        assert.deepEqual([begun.status, cookieOf(begun)?.length], [200, 43], odd)
      }
    })

    it('shows price and stock as they are now, and what can not be had any more', async () => {
      const { headers } = somebody()
      const product = await newProduct(shop(), 5, 350)
      const gone = await newProduct(shop(), 5)
      await add(headers, { productId: product.id, quantity: 5 })
      await add(headers, { productId: gone.id })
      const json = { price: { amount: 400, currency: 'EUR' }, stock: 4 }
      const anyVersion = { ...STAFF, 'If-Match': '*' }
      await shop().ask(`/api/v1/products/${product.id}`, { method: 'PATCH', headers: anyVersion, json })
      await shop().ask(`/api/v1/products/${gone.id}`, { method: 'DELETE', headers: STAFF })
      const answer = await read(headers)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      const [line, lost] = answer.json.lines
      assert.deepEqual([line.product.price.amount, line.product.stock, line.available], [400, 4, false])
      assert.deepEqual(line.total, { amount: 2000, currency: 'EUR' })
      assert.deepEqual([lost.product, lost.available, lost.total], [null, false, null])
      assert.equal(answer.json.total.amount, 2000)
    })

    it('can be changed, line by line, and emptied', async () => {
      const { headers } = somebody()
      const [a, b] = [await newProduct(shop(), 5), await newProduct(shop(), 5)]
      await add(headers, { productId: a.id, quantity: 2 })
      await add(headers, { productId: b.id })
      const line = `${CART}/lines/${a.id}`
      const changed = await shop().ask(line, { method: 'PATCH', headers, json: { quantity: 4 } })
      assert.deepEqual(quantities(changed), [
        [a.id, 4],
        [b.id, 1],
      ])
      assert.deepEqual(quantities(await shop().ask(line, { method: 'DELETE', headers })), [[b.id, 1]])
      assertProblem(await shop().ask(line, { method: 'DELETE', headers }), 404, 'not-in-cart')
      assert.deepEqual(quantities(await shop().ask(CART, { method: 'DELETE', headers })), [])
    })

    it('of a guest becomes a part of the user’s, once, when they have signed in', async () => {
      const user = somebody()
      const [a, b] = [await newProduct(shop(), 5), await newProduct(shop(), 5)]
      await add(user.headers, { productId: a.id, quantity: 1 })
      const guest = { Cookie: `cart=${cookieOf(await add({}, { productId: a.id, quantity: 2 }))}` }
      await add(guest, { productId: b.id, quantity: 3 })
      const merged = await read({ ...user.headers, ...guest })
      assert.deepEqual(quantities(merged), [
        [a.id, 3],
        [b.id, 3],
      ])
      assert.equal(cookieOf(merged), '', 'the cookie is taken back')
      assert.deepEqual(quantities(await read({ ...user.headers, ...guest })), quantities(merged))
      assert.deepEqual((await read(guest)).json.lines, [])
    })

    it('is merged by who signs people in, whatever the cookie holds', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 5)
      const token = cookieOf(await add({}, { productId: id, quantity: 2 })) ?? ''
      const { mergeCarts } = shop().cradle
      for (const odd of [undefined, '', 'x'.repeat(43), "'; --"]) await mergeCarts(user.id, odd)
      await Promise.all([mergeCarts(user.id, token), mergeCarts(user.id, token)])
      assert.deepEqual(quantities(await read(user.headers)), [[id, 2]])
    })

    it('loses nothing when its owner adds from two windows', async () => {
      const { headers } = somebody()
      const { id } = await newProduct(shop(), 5)
      await Promise.all(Array.from({ length: 8 }, () => add(headers, { productId: id })))
      assert.deepEqual(quantities(await read(headers)), [[id, 8]])
    })

    it('refuses what is wrong, names the field, and stays as it is', async () => {
      const { headers } = somebody()
      const { id } = await newProduct(shop(), 5)
      await add(headers, { productId: id, quantity: 990 })
      for (const [body, field, problem, expected] of [
        [{}, 'productId', /is missing/, /whole number/],
        [{ productId: '1' }, 'productId', /is "1"/, /whole number/],
        [{ productId: 2_147_483_647 }, 'productId', /no product/, /that is sold/],
        [{ productId: id, quantity: 0 }, 'quantity', /is 0/, /1 to 999/],
        [{ productId: id, quantity: 10 }, 'quantity', /more than a line/, /at most 999/],
        [{ productId: id, price: 1 }, 'price', /not known/, /only productId, quantity/],
      ] as const) {
        assertFieldRefused(await add(headers, body), 'body', field, problem, expected)
      }
      const change = (path: string, json: unknown) =>
        shop().ask(`${CART}/lines/${path}`, { method: 'PATCH', headers, json })
      assertFieldRefused(await change(`${id}`, {}), 'body', 'quantity', /is missing/, /1 to 999/)
      assertFieldRefused(await change('x', { quantity: 1 }), 'params', 'productId', /is "x"/, /whole number/)
      assertProblem(await change('999999', { quantity: 1 }), 404, 'not-in-cart')
      assertProblem(await shop().ask(`${CART}/lines/1`, { method: 'DELETE' }), 404, 'not-in-cart')
      assertProblem(await shop().ask(CART, { method: 'PUT', headers }), 405, 'method-not-allowed')
      assert.deepEqual(quantities(await read(headers)), [[id, 990]])
    })
  })
}
