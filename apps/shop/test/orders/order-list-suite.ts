import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem } from '../catalogue/products.js'
import { eventually } from '../support/eventually.js'
import { newProduct, stockOf } from '../support/shop-goods.js'
import { keyed, STAFF, somebody } from '../support/shop-people.js'
import { asPrincipal } from '../support/test-authenticator.js'
import type { TestShop } from '../support/test-shop.js'
import { actOn, ORDERS, order, SHIP_TO } from './orders.js'

const STAFF_ORDERS = '/api/v1/staff/orders'

interface Item {
  readonly id: string
  readonly status: string
  readonly title: string
  readonly pieces: number
  readonly total: { readonly amount: number }
}

export function describeOrderLists(shop: () => TestShop): void {
  const read = (path: string, headers: Record<string, string>) => shop().ask(path, { headers })
  const idsOf = (items: readonly Item[]) => items.map(({ id }) => id)

  describe('the list of one’s orders', () => {
    it('has each order a moment later, as it is then, the newest first', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 50, 350)
      const placed = []
      for (let quantity = 1; quantity <= 3; quantity++)
        placed.push(await order(shop(), user.headers, { lines: [{ productId: id, quantity }] }))
      const [first, second, third] = placed
      assert.ok(first && second && third)
      await actOn(shop(), second, 'cancel', user.headers)
      const list = () => read(ORDERS, user.headers)
      const { json } = await eventually(
        list,
        (answer) => answer.json.items.length === 3 && answer.json.items[1].status === 'cancelled',
      )
      const seen = json.items.map(({ id: each, status, title, pieces, total }: Item) => [
        each,
        status,
        title,
        pieces,
        total.amount,
      ])
      assert.deepEqual(seen, [
        [third.json.id, 'placed', 'Test Kettle', 3, 1050],
        [second.json.id, 'cancelled', 'Test Kettle', 2, 700],
        [first.json.id, 'placed', 'Test Kettle', 1, 350],
      ])
      const cancelled = await read(`${ORDERS}?status=cancelled`, user.headers)
      assert.deepEqual(idsOf(cancelled.json.items), [second.json.id])
    })

    it('comes in slices, nothing twice and nothing missed while others are placed', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 50)
      const lines = [{ productId: id, quantity: 1 }]
      const all: string[] = []
      for (let count = 0; count < 5; count++)
        all.unshift((await order(shop(), user.headers, { lines })).json.id)
      await eventually(
        () => read(ORDERS, user.headers),
        ({ json }) => json.items.length === 5,
      )
      const seen: string[] = []
      let path = `${ORDERS}?limit=2`
      for (;;) {
        const { json } = await read(path, user.headers)
        seen.push(...idsOf(json.items))
        if (json.nextCursor === null) break
        await order(shop(), user.headers, { lines })
        path = `${ORDERS}?limit=2&cursor=${json.nextCursor}`
      }
      assert.deepEqual(seen, all)
    })
  })

  describe('the list of all orders', () => {
    it('is for staff, with filters', async () => {
      const [one, two] = [somebody(), somebody()]
      const { id } = await newProduct(shop(), 50, 1000)
      const small = await order(shop(), one.headers, { lines: [{ productId: id, quantity: 1 }] })
      const large = await order(shop(), one.headers, { lines: [{ productId: id, quantity: 9 }] })
      const other = await order(shop(), two.headers, { lines: [{ productId: id, quantity: 1 }] })
      await actOn(shop(), small, 'cancel', one.headers)
      const ask = async (query: string): Promise<string[]> =>
        idsOf((await read(`${STAFF_ORDERS}?limit=100&${query}`, STAFF)).json.items)
      await eventually(
        () => ask(`user=${two.id}`),
        (found) => found.length === 1,
      )
      await eventually(
        () => ask(`user=${one.id}&status=cancelled`),
        (found) => found.length === 1,
      )
      assert.deepEqual(await ask(`user=${two.id}`), [other.json.id])
      assert.deepEqual(await ask(`user=${one.id}`), [large.json.id, small.json.id])
      assert.deepEqual(await ask(`user=${one.id}&status=cancelled`), [small.json.id])
      assert.deepEqual(await ask(`user=${one.id}&minTotal=9000`), [large.json.id])
      const { placedAt } = large.json
      assert.deepEqual(await ask(`user=${one.id}&until=${small.json.placedAt}`), [])
      assert.ok((await ask(`user=${one.id}&from=${placedAt}`)).includes(large.json.id))
      assert.ok((await ask('')).length >= 3)
      assertProblem(await read(STAFF_ORDERS, {}), 401, 'unauthenticated')
      assertProblem(await read(STAFF_ORDERS, one.headers), 403, 'forbidden')
    })
  })

  it('the list of all orders has the names of the customers, and one’s own needs none', async () => {
    const [known, unknown] = [somebody(), { id: 'nobody-7', headers: asPrincipal({ id: 'nobody-7' }) }]
    const { id } = await newProduct(shop(), 50)
    for (const { id: user, headers } of [known, unknown]) {
      await order(shop(), headers, { lines: [{ productId: id, quantity: 1 }] })
      const { json } = await eventually(
        () => read(`${STAFF_ORDERS}?user=${user}`, STAFF),
        (answer) => answer.json.items.length > 0,
      )
      const expected = user === known.id ? `Name of ${user}` : null
      assert.deepEqual([json.items[0].user, json.items[0].customer], [user, expected])
    }
    const own = await read(ORDERS, known.headers)
    assert.ok(own.json.items.length > 0 && !('customer' in own.json.items[0]))
  })

  describe('wrong input to orders', () => {
    it('in a body is refused with the field, and nothing is ordered', async () => {
      const user = somebody()
      const { id } = await newProduct(shop(), 5)
      const line = { productId: id, quantity: 1 }
      const send = (json: unknown) =>
        shop().ask(ORDERS, { method: 'POST', headers: keyed(user.headers), json })
      for (const [body, field, problem, expected] of [
        [{ lines: [line] }, 'shipTo', /is missing/, /a country and a postal code/],
        [{ lines: [], shipTo: SHIP_TO }, 'lines', /is a list/, /1 to 50 lines/],
        [{ lines: [1], shipTo: SHIP_TO }, 'lines.0', /is 1/, /a line such as/],
        [{ lines: [{ ...line, quantity: 0 }], shipTo: SHIP_TO }, 'lines.0.quantity', /is 0/, /1 to 999/],
        [{ lines: [{ quantity: 1 }], shipTo: SHIP_TO }, 'lines.0.productId', /is missing/, /whole number/],
        [
          { lines: [{ ...line, price: 1 }], shipTo: SHIP_TO },
          'lines.0.price',
          /not known/,
          /only productId, quantity/,
        ],
        [{ lines: [line, line], shipTo: SHIP_TO }, 'lines.1.productId', /another line/, /one line/],
        [
          { lines: [{ productId: 2_147_483_647, quantity: 1 }], shipTo: SHIP_TO },
          'lines.0.productId',
          /no product/,
          /sold/,
        ],
        [
          { lines: [line], shipTo: { country: 'nl', postalCode: '1012 AB' } },
          'shipTo.country',
          /is "nl"/,
          /capital/,
        ],
        [
          { lines: [line], shipTo: { country: 'NL', postalCode: '' } },
          'shipTo.postalCode',
          /is ""/,
          /letters/,
        ],
        [
          { lines: [line], shipTo: SHIP_TO, level: 'fast' },
          'level',
          /is "fast"/,
          /standard, express, pickup/,
        ],
        [{ lines: [line], shipTo: SHIP_TO, total: 1 }, 'total', /not known/, /only lines, shipTo, level/],
      ] as const) {
        assertFieldRefused(await send(body), 'body', field, problem, expected)
      }
      assert.equal(await stockOf(shop(), id), 5)
      assert.deepEqual((await read(ORDERS, user.headers)).json.items, [])
    })

    it('in a query, a path or a cancellation is refused with the field', async () => {
      const { headers } = somebody()
      for (const [query, field] of [
        ['status=draft', 'status'],
        ['limit=0', 'limit'],
        ['cursor=MQ', 'cursor'],
        ['user=x', 'user'],
      ] as const) {
        assertFieldRefused(await read(`${ORDERS}?${query}`, headers), 'query', field, /./, /./)
      }
      for (const [query, field] of [
        ['from=yesterday', 'from'],
        ['until=2025', 'until'],
        ['minTotal=-1', 'minTotal'],
        ['user=', 'user'],
      ] as const) {
        assertFieldRefused(await read(`${STAFF_ORDERS}?${query}`, STAFF), 'query', field, /./, /./)
      }
      for (const path of ['x', '1', '00000000-0000-0000-0000-000000000000'])
        assertFieldRefused(await read(`${ORDERS}/${path}`, headers), 'params', 'id', /^is "/, /UUID/)
      const unknown = '01890a5d-ac96-774b-bcce-b302099a8057'
      assertProblem(await read(`${ORDERS}/${unknown}`, headers), 404, 'order-not-found')
      const cancel = (json: unknown) =>
        shop().ask(`${ORDERS}/${unknown}/cancel`, {
          method: 'POST',
          headers: { ...headers, 'If-Match': '*' },
          json,
        })
      assertFieldRefused(await cancel({ reason: 'x' }), 'body', 'reason', /is "x"/, /3 to 200/)
      assertProblem(await cancel({}), 404, 'order-not-found')
    })

    it('from guests gets 401, and other methods 405', async () => {
      for (const path of [ORDERS, `${ORDERS}/x`]) assertProblem(await read(path, {}), 401, 'unauthenticated')
      const { headers } = somebody()
      assertProblem(await shop().ask(ORDERS, { method: 'PUT', headers }), 405, 'method-not-allowed')
      const path = `${ORDERS}/01890a5d-ac96-774b-bcce-b302099a8057/confirm`
      assertProblem(await read(path, headers), 405, 'method-not-allowed')
    })
  })
}
