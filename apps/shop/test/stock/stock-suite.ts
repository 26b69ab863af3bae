import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ShopEvent } from '#shop/platform/events/event-bus.js'
import { assertFieldRefused, assertProblem } from '../catalogue/products.js'
import { eventually } from '../support/eventually.js'
import { STAFF, somebody } from '../support/shop-people.js'
import { newProduct } from '../support/shop-goods.js'
import type { TestShop } from '../support/test-shop.js'

const STOCK = '/api/v1/stock'

export function describeStock(shop: () => TestShop): void {
  const send = (path: string, json: unknown, headers = STAFF) =>
    shop().ask(path, { method: 'POST', headers, json })

  describe('stock operations', () => {
    it('receive pieces, correct the count, and keep a ledger of both, the newest first', async () => {
      const { id } = await newProduct(shop(), 5)
      const received = await send(`${STOCK}/${id}/receipts`, { quantity: 7 })
      assert.equal(received.status, 201, received.text)
      assert.deepEqual(
        [received.json.kind, received.json.change, received.json.stockAfter],
        ['receive', 7, 12],
      )
      const corrected = await send(`${STOCK}/${id}/corrections`, { counted: 9, reason: 'three broken' })
      assert.equal(corrected.status, 201, corrected.text)
      assert.deepEqual((await shop().ask(`${STOCK}/${id}`)).json, { productId: id, stock: 9 })
      const { json } = await shop().ask(`${STOCK}/${id}/movements`, { headers: STAFF })
      const seen = json.items.map(({ kind, change, stockAfter, reason, actor }: Record<string, unknown>) => [
        kind,
        change,
        stockAfter,
        reason,
        actor,
      ])
      assert.deepEqual(seen, [
        ['correct', -3, 9, 'three broken', 'staff-1'],
        ['receive', 7, 12, 'delivery', 'staff-1'],
      ])
      assert.equal(json.nextCursor, null)
    })

    it('give the ledger in slices, nothing twice and nothing missed', async () => {
      const { id } = await newProduct(shop(), 0)
      for (let quantity = 1; quantity <= 5; quantity++) await send(`${STOCK}/${id}/receipts`, { quantity })
      const seen: number[] = []
      let cursor = ''
      do {
        const path = `${STOCK}/${id}/movements?limit=2${cursor && `&cursor=${cursor}`}`
        const { json } = await shop().ask(path, { headers: STAFF })
        seen.push(...json.items.map(({ change }: { change: number }) => change))
        cursor = json.nextCursor ?? ''
      } while (cursor !== '')
      assert.deepEqual(seen, [5, 4, 3, 2, 1])
    })

    it('are in the ledger too when the product is edited, with who has done it', async () => {
      const { id } = await newProduct(shop(), 5)
      const edit = (json: unknown) =>
        shop().ask(`/api/v1/products/${id}`, {
          method: 'PATCH',
          headers: { ...STAFF, 'If-Match': '*' },
          json,
        })
      assert.equal((await edit({ stock: 3 })).status, 200)
      assert.equal((await edit({ name: 'Other' })).status, 200)
      const { json } = await shop().ask(`${STOCK}/${id}/movements`, { headers: STAFF })
      assert.equal(json.items.length, 1)
      const [{ kind, change, stockAfter, actor }] = json.items
      assert.deepEqual([kind, change, stockAfter, actor], ['correct', -2, 3, 'staff-1'])
    })

    it('tell everybody who listens', async () => {
      const { id } = await newProduct(shop(), 5)
      const heard: ShopEvent[] = []
      const handle = async (event: ShopEvent) => void heard.push(event)
      const leave = await shop().cradle.events.subscribe({
        consumer: `t${id}`,
        types: ['stock.changed'],
        handle,
      })
      await send(`${STOCK}/${id}/receipts`, { quantity: 2 })
      const mine = async () => heard.filter(({ data }) => (data as { productId: number }).productId === id)
      const [event] = await eventually(mine, (found) => found.length > 0)
      assert.deepEqual(event?.data, { productId: id, stock: 7, change: 2, kind: 'receive' })
      await leave()
    })

    it('lose nothing when many do them at the same time', async () => {
      const { id } = await newProduct(shop(), 0)
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => send(`${STOCK}/${id}/receipts`, { quantity: 3 })),
      )
      assert.ok(answers.every(({ status }) => status === 201))
      assert.equal((await shop().ask(`${STOCK}/${id}`)).json.stock, 30)
    })

    it('are for those who may write the catalogue', async () => {
      const { id } = await newProduct(shop(), 5)
      for (const path of [`${STOCK}/${id}/receipts`, `${STOCK}/${id}/corrections`]) {
        assertProblem(await send(path, { quantity: 1 }, {}), 401, 'unauthenticated')
        assertProblem(await send(path, { quantity: 1 }, somebody().headers), 403, 'forbidden')
      }
      assertProblem(await shop().ask(`${STOCK}/${id}/movements`), 401, 'unauthenticated')
      assert.equal((await shop().ask(`${STOCK}/${id}`)).json.stock, 5)
    })

    it('refuse what is wrong, name the field, and write nothing', async () => {
      const { id } = await newProduct(shop(), 5)
      for (const [body, field, problem, expected] of [
        [{}, 'quantity', /is missing/, /pieces from 1 to 1000000/],
        [{ quantity: 0 }, 'quantity', /is 0/, /pieces from 1/],
        [{ quantity: 1.5 }, 'quantity', /is 1.5/, /pieces from 1/],
        [{ quantity: 1, reason: 'x' }, 'reason', /is "x"/, /3 to 200 characters/],
        [{ quantity: 1, more: 1 }, 'more', /not known here/, /only quantity, reason/],
        [{ quantity: 999_999 }, 'quantity', /room/, /at most 999995/],
      ] as const) {
        assertFieldRefused(await send(`${STOCK}/${id}/receipts`, body), 'body', field, problem, expected)
      }
      for (const [body, field] of [
        [{ counted: -1, reason: 'none left' }, 'counted'],
        [{ counted: 3 }, 'reason'],
      ] as const) {
        assertFieldRefused(await send(`${STOCK}/${id}/corrections`, body), 'body', field, /^is/, /./)
      }
      assertFieldRefused(
        await send(`${STOCK}/x/receipts`, { quantity: 1 }),
        'params',
        'productId',
        /is "x"/,
        /number/,
      )
      for (const [query, field] of [
        ['limit=0', 'limit'],
        ['limit=101', 'limit'],
        ['cursor=!!', 'cursor'],
        ['page=1', 'page'],
      ] as const) {
        const answer = await shop().ask(`${STOCK}/${id}/movements?${query}`, { headers: STAFF })
        assertFieldRefused(answer, 'query', field, /./, /./)
      }
      assertProblem(await send(`${STOCK}/2147483647/receipts`, { quantity: 1 }), 404, 'product-not-found')
      const { json } = await shop().ask(`${STOCK}/${id}/movements`, { headers: STAFF })
      assert.deepEqual(json.items, [])
      assert.equal((await shop().ask(`${STOCK}/${id}`)).json.stock, 5)
    })

    it('answer other methods with 405', async () => {
      assertProblem(await shop().ask(`${STOCK}/1`, { method: 'DELETE' }), 405, 'method-not-allowed')
    })
  })
}
