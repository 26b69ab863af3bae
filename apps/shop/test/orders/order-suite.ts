import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { assertProblem, fieldsOf } from '../catalogue/products.js'
import type { Answer } from '../support/client.js'
import { eventually } from '../support/eventually.js'
import { newProduct, stockOf } from '../support/shop-goods.js'
import { keyed, STAFF, somebody } from '../support/shop-people.js'
import type { TestShop } from '../support/test-shop.js'
import { actOn, ORDERS, order, SHIP_TO } from './orders.js'

export function describeOrders(shop: () => TestShop): void {
  const read = (path: string, headers: Record<string, string>) => shop().ask(path, { headers })

  describe('an order', () => {
    it('is placed from lines, takes the stock, and keeps the prices of then', async () => {
      const user = somebody()
      const [a, b] = [await newProduct(shop(), 5, 350), await newProduct(shop(), 5, 1290)]
      const lines = [
        { productId: b.id, quantity: 1 },
        { productId: a.id, quantity: 3 },
      ]
      const placed = await order(shop(), user.headers, { lines, level: 'express' })
      assert.equal(placed.status, 201, placed.text)
      const { json } = placed
      assert.equal(placed.headers.get('location'), `${ORDERS}/${json.id}`)
      assert.deepEqual([json.status, json.version, json.user, json.level], ['placed', 1, user.id, 'express'])
      assert.deepEqual([json.total, json.shipTo], [{ amount: 2340, currency: 'EUR' }, SHIP_TO])
      assert.deepEqual([await stockOf(shop(), a.id), await stockOf(shop(), b.id)], [2, 4])
      const dearer = { price: { amount: 9999, currency: 'EUR' }, name: 'Renamed' }
      const headers = { ...STAFF, 'If-Match': '*' }
      await shop().ask(`/api/v1/products/${a.id}`, { method: 'PATCH', headers, json: dearer })
      const again = await read(`${ORDERS}/${json.id}`, user.headers)
      assert.deepEqual(again.json, json)
      assert.equal(again.headers.get('etag'), placed.headers.get('etag'))
      assert.deepEqual(json.lines[1], {
        productId: a.id,
        sku: a.sku,
        name: 'Test Kettle',
        quantity: 3,
        price: { amount: 350, currency: 'EUR' },
        total: { amount: 1050, currency: 'EUR' },
      })
    })

    it('is placed from the cart, which is empty then', async () => {
      const { headers } = somebody()
      const { id } = await newProduct(shop(), 5)
      assertProblem(await order(shop(), headers, {}), 409, 'empty-order')
      const json = { productId: id, quantity: 2 }
      await shop().ask('/api/v1/cart/lines', { method: 'POST', headers, json })
      const placed = await order(shop(), headers, {})
      assert.deepEqual([placed.status, placed.json.lines[0].quantity], [201, 2])
      assert.deepEqual((await read('/api/v1/cart', headers)).json.lines, [])
      assertProblem(await order(shop(), headers, {}), 409, 'empty-order')
    })

    it('takes nothing at all when one thing is missing, and leaves the cart as it was', async () => {
      const { headers } = somebody()
      const [plenty, few] = [await newProduct(shop(), 5), await newProduct(shop(), 1)]
      for (const [productId, quantity] of [
        [plenty.id, 2],
        [few.id, 2],
      ]) {
        const json = { productId, quantity }
        await shop().ask('/api/v1/cart/lines', { method: 'POST', headers, json })
      }
      const refused = await order(shop(), headers, {})
      assertProblem(refused, 409, 'insufficient-stock')
      assert.match(
        refused.json.issues[0].message,
        new RegExp(`^is 2 for product ${few.id}; expected at most 1$`),
      )
      assert.deepEqual([await stockOf(shop(), plenty.id), await stockOf(shop(), few.id)], [5, 1])
      assert.equal((await read('/api/v1/cart', headers)).json.lines.length, 2)
      assert.deepEqual((await read(ORDERS, headers)).json.items, [])
      const { json } = await read(`/api/v1/stock/${plenty.id}/movements`, STAFF)
      assert.deepEqual(json.items, [])
    })

    it('that can not be had names the line', async () => {
      const { headers } = somebody()
      const [plenty, few] = [await newProduct(shop(), 5), await newProduct(shop(), 1)]
      const first = { productId: plenty.id, quantity: 1 }
      const unknown = await order(shop(), headers, { lines: [first, { productId: 2147483646, quantity: 1 }] })
      assertProblem(unknown, 400, 'invalid-input')
      assert.deepEqual(fieldsOf(unknown), ['lines.1.productId'])
      const short = await order(shop(), headers, { lines: [first, { productId: few.id, quantity: 2 }] })
      assertProblem(short, 409, 'insufficient-stock')
      assert.deepEqual(fieldsOf(short), ['lines.1.quantity'])
      assert.deepEqual([await stockOf(shop(), plenty.id), await stockOf(shop(), few.id)], [5, 1])
    })

    it('of which several lines can not be had names all of them, and takes nothing', async () => {
      const { headers } = somebody()
      const [plenty, few, none] = [
        await newProduct(shop(), 5),
        await newProduct(shop(), 1),
        await newProduct(shop(), 0),
      ]
      const line = (productId: number, quantity: number) => ({ productId, quantity })
      const wrong = async (lines: readonly object[]) => {
        const answer = await order(shop(), headers, { lines })
        return { answer, fields: fieldsOf(answer) }
      }
      const unknown = await wrong([
        line(2147483646, 1),
        line(plenty.id, 1),
        line(2147483645, 1),
        line(few.id, 2),
      ])
      assertProblem(unknown.answer, 400, 'invalid-input')
      assert.deepEqual(unknown.fields, ['lines.0.productId', 'lines.2.productId', 'lines.3.quantity'])
      assert.match(unknown.answer.json.issues[1].message, /^is 2147483645, which is no product; /)

      const short = await wrong([line(few.id, 2), line(plenty.id, 5), line(none.id, 1)])
      assertProblem(short.answer, 409, 'insufficient-stock')
      assert.deepEqual(short.fields, ['lines.0.quantity', 'lines.2.quantity'])
      assert.deepEqual(
        short.answer.json.issues.map(({ message }: { message: string }) => message.split('; expected ')[1]),
        ['at most 1', 'another product; it is sold out'],
      )
      assert.deepEqual([await stockOf(shop(), plenty.id), await stockOf(shop(), few.id)], [5, 1])
    })

    it('goes to a country that there is', async () => {
      const { headers } = somebody()
      const { id } = await newProduct(shop(), 5)
      const lines = [{ productId: id, quantity: 1 }]
      for (const country of ['ZZ', 'XX', 'EU', 'UK', 'XK', 'AA', 'nl', 'NLD', '']) {
        const refused = await order(shop(), headers, { lines, shipTo: { ...SHIP_TO, country } })
        assertProblem(refused, 400, 'invalid-input')
        assert.deepEqual(fieldsOf(refused), ['shipTo.country'], country)
        assert.match(refused.json.issues[0].message, /expected .*ISO 3166-1/)
      }
      assert.equal(await stockOf(shop(), id), 5)
      for (const country of ['NL', 'GB', 'TW'])
        assert.equal(
          (await order(shop(), headers, { lines, shipTo: { ...SHIP_TO, country } })).status,
          201,
          country,
        )
    })

    it('is confirmed without a word: what a body says is refused', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 5)
      const placed = await order(shop(), user.headers, { lines: [{ productId: id, quantity: 1 }] })
      for (const body of [{ status: 'shipped' }, [], null, 'yes', 1])
        assertProblem(await actOn(shop(), placed, 'confirm', user.headers, body), 400, 'invalid-input')
      assertProblem(await actOn(shop(), placed, 'cancel', user.headers, null), 400, 'invalid-input')
      assert.equal((await read(`${ORDERS}/${placed.json.id}`, user.headers)).json.status, 'placed')
      assert.equal((await actOn(shop(), placed, 'confirm', user.headers, {})).json.status, 'confirmed')
    })

    it('is never sold twice: of 50 at the same time for 10 pieces, 10 get one', async () => {
      const { id } = await newProduct(shop(), 10)
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          order(shop(), somebody().headers, { lines: [{ productId: id, quantity: 1 }] }),
        ),
      )
      const placed = answers.filter(({ status }) => status === 201)
      assert.equal(placed.length, 10)
      for (const refused of answers.filter(({ status }) => status !== 201))
        assertProblem(refused, 409, 'insufficient-stock')
      assert.equal(await stockOf(shop(), id), 0)
      const { json } = await read(`/api/v1/stock/${id}/movements?limit=100`, STAFF)
      const afterEach = json.items.map(({ stockAfter }: { stockAfter: number }) => stockAfter)
      assert.deepEqual(afterEach, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    })

    it('is confirmed, and then shipped', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 5)
      const placed = await order(shop(), user.headers, { lines: [{ productId: id, quantity: 1 }] })
      const confirmed = await actOn(shop(), placed, 'confirm', user.headers)
      assert.deepEqual(
        [confirmed.status, confirmed.json.status, confirmed.json.version],
        [200, 'confirmed', 2],
      )
      const path = `${ORDERS}/${placed.json.id}`
      const shipped = await eventually(
        () => read(path, user.headers),
        ({ json }) => json.status === 'shipped',
      )
      assert.deepEqual([shipped.json.status, shipped.json.version], ['shipped', 3])
      assert.match(shipped.json.tracking, /^FR[0-9A-F]{12}$/)
      assertProblem(await actOn(shop(), shipped, 'cancel', STAFF), 409, 'order-state')
    })

    it('is cancelled, and its pieces are there again', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 5)
      const placed = await order(shop(), user.headers, { lines: [{ productId: id, quantity: 4 }] })
      assert.equal(await stockOf(shop(), id), 1)
      const cancelled = await actOn(shop(), placed, 'cancel', user.headers, { reason: 'ordered twice' })
      assert.deepEqual([cancelled.json.status, cancelled.json.cancellation], ['cancelled', 'ordered twice'])
      assert.equal(await stockOf(shop(), id), 5)
      for (const act of ['cancel', 'confirm'] as const)
        assertProblem(await actOn(shop(), cancelled, act, user.headers), 409, 'order-state')
      assert.equal(await stockOf(shop(), id), 5)
    })

    it('of somebody else is not found, but by staff', async () => {
      const [owner, other] = [somebody(), somebody()]
      const { id } = await newProduct(shop(), 5)
      const placed = await order(shop(), owner.headers, { lines: [{ productId: id, quantity: 1 }] })
      const path = `${ORDERS}/${placed.json.id}`
      assertProblem(await read(path, other.headers), 404, 'order-not-found')
      for (const act of ['cancel', 'confirm'] as const)
        assertProblem(await actOn(shop(), placed, act, other.headers), 404, 'order-not-found')
      assert.equal((await read(path, STAFF)).status, 200)
      assert.equal((await actOn(shop(), placed, 'cancel', STAFF)).json.status, 'cancelled')
    })

    it('is changed only by who has seen it as it is', async () => {
      const { headers } = somebody()
      const { id } = await newProduct(shop(), 5)
      const placed = await order(shop(), headers, { lines: [{ productId: id, quantity: 1 }] })
      const send = (fields: Record<string, string>) =>
        shop().ask(`${ORDERS}/${placed.json.id}/cancel`, {
          method: 'POST',
          headers: { ...headers, ...fields },
        })
      assertProblem(await send({}), 428, 'precondition-required')
      assertProblem(await send({ 'If-Match': '"order-7"' }), 412, 'stale-order')
      assertProblem(await send({ 'If-Match': 'W/"order-1"' }), 412, 'stale-order')
      const malformed = await send({ 'If-Match': 'order-1' })
      assertProblem(malformed, 400, 'invalid-input')
      assert.deepEqual([malformed.json.issues[0].in, ...fieldsOf(malformed)], ['headers', 'if-match'])
      const both = await Promise.all([1, 2].map(() => send({ 'If-Match': '"order-1"' })))
      assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 412])
      assert.equal(await stockOf(shop(), id), 5)
    })
  })

  describe('Idempotency-Key', () => {
    it('gives who repeats an order the same answer, and orders nothing again', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 5)
      const headers = keyed(user.headers)
      const body = { lines: [{ productId: id, quantity: 1 }] }
      const first = await order(shop(), headers, body)
      const second = await order(shop(), headers, body)
      const shuffled = JSON.stringify({ shipTo: { postalCode: '1012 AB', country: 'NL' }, ...body })
      const raw = { ...headers, 'Content-Type': 'application/json' }
      const third = await shop().ask(ORDERS, { method: 'POST', headers: raw, body: shuffled })
      for (const again of [second, third]) {
        assert.deepEqual([again.status, again.text], [201, first.text])
        assert.equal(again.headers.get('content-type'), first.headers.get('content-type'))
        for (const field of ['location', 'etag'])
          assert.equal(again.headers.get(field), first.headers.get(field))
        assert.equal(again.headers.get('idempotent-replayed'), 'true')
      }
      assert.equal(first.headers.get('idempotent-replayed'), null)
      assert.equal(await stockOf(shop(), id), 4)
    })

    it('orders once when the same comes many times at once', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 50)
      const headers = keyed(user.headers)
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => order(shop(), headers, { lines: [{ productId: id, quantity: 1 }] })),
      )
      assert.equal(await stockOf(shop(), id), 49)
      const done = answers.filter(({ status }) => status === 201)
      assert.ok(done.length >= 1 && new Set(done.map(({ json }) => json.id)).size === 1)
      for (const early of answers.filter(({ status }) => status !== 201)) {
        assertProblem(early, 409, 'idempotency-key-in-flight')
        assert.equal(early.headers.get('retry-after'), '1')
      }
    })

    it('is refused for another order, and is each user’s own', async () => {
      const [one, two] = [somebody(), somebody()]
      const { id } = await newProduct(shop(), 5)
      const key = randomUUID()
      const body = { lines: [{ productId: id, quantity: 1 }] }
      const first = await order(shop(), keyed(one.headers, key), body)
      const other = await order(shop(), keyed(one.headers, key), { lines: [{ productId: id, quantity: 2 }] })
      assertProblem(other, 422, 'idempotency-key-reused')
      assert.deepEqual(fieldsOf(other), ['idempotency-key'])
      const theirs = await order(shop(), keyed(two.headers, key), body)
      assert.deepEqual([theirs.status, theirs.json.id === first.json.id], [201, false])
      assert.equal(await stockOf(shop(), id), 3)
    })

    it('may be used again after what was refused', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 0)
      const headers = keyed(user.headers)
      const body = { lines: [{ productId: id, quantity: 1 }] }
      assertProblem(await order(shop(), headers, body), 409, 'insufficient-stock')
      const json = { quantity: 1 }
      await shop().ask(`/api/v1/stock/${id}/receipts`, { method: 'POST', headers: STAFF, json })
      assert.equal((await order(shop(), headers, body)).status, 201)
    })

    it('must be there, and be a decent one', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 5)
      const json = { lines: [{ productId: id, quantity: 1 }], shipTo: SHIP_TO }
      for (const key of [undefined, 'short', 'x'.repeat(101), 'with space']) {
        const headers = key === undefined ? user.headers : keyed(user.headers, key)
        const refused: Answer = await shop().ask(ORDERS, { method: 'POST', headers, json })
        assertProblem(refused, 400, 'invalid-input')
        assert.deepEqual([refused.json.issues[0].in, ...fieldsOf(refused)], ['headers', 'idempotency-key'])
      }
      assert.equal(await stockOf(shop(), id), 5)
    })
  })
}
