import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#shop/domain/ids.js'
import { assertFieldRefused, assertProblem } from '../catalogue/products.js'
import { connect, message, until } from '../chat/chat-client.js'
import type { Instances } from '../chat/instances.js'
import { bearer } from '../chat/people.js'
import type { TestShop } from '../support/test-shop.js'

const PATH = '/api/v1/notifications'

/** Notifications at two addresses of one shop. */
export function describeNotifications(
  name: string,
  start: () => Promise<Instances>,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    let instances: Instances

    before(async () => {
      instances = await start()
    })

    after(() => instances?.stop())

    const happens = (type: string, data: unknown, id: string = newId()) =>
      instances.one.cradle.events.publish({ id, type, occurredAt: new Date(), data })

    const list = async (token: string, query = '', shop: TestShop = instances.other) =>
      (await shop.ask(`${PATH}${query}`, { headers: bearer(token) })).json

    const post = (token: string, path: string, json?: unknown) =>
      instances.one.ask(`${PATH}${path}`, { method: 'POST', headers: bearer(token), json })

    it('keeps what happened to the orders of somebody who was away, and counts it', async () => {
      const token = instances.people.token('away')
      for (const what of ['placed', 'confirmed', 'shipped', 'cancelled'])
        await happens(`order.${what}`, { orderId: 'order-1', userId: 'user-away', total: 5 })
      await until(async () => (await list(token)).unread === 3, 'three have come')
      const { items, nextCursor } = await list(token)
      assert.deepEqual(
        items.map(({ kind, data, readAt }: Record<string, unknown>) => [kind, data, readAt]),
        ['order-cancelled', 'order-shipped', 'order-confirmed'].map((kind) => [
          kind,
          { orderId: 'order-1' },
          null,
        ]),
      )
      assert.equal(nextCursor, null)
    })

    it('says what was ordered, when the event tells it', async () => {
      const token = instances.people.token('goods')
      const data = { orderId: 'order-7', userId: 'user-goods', title: 'Rice Bowl, indigo and 2 more' }
      await happens('order.shipped', data)
      await until(async () => (await list(token)).unread === 1, 'it has come')
      assert.equal(
        (await list(token)).items[0].title,
        'Your order is on its way: Rice Bowl, indigo and 2 more',
      )
      await happens('order.cancelled', { orderId: 'order-7', userId: 'user-goods' })
      await until(async () => (await list(token)).unread === 2, 'the second has come')
      assert.equal((await list(token)).items[0].title, 'Your order was cancelled')
    })

    it('pushes to all windows of who is there, on every instance', async () => {
      const { one, other, people } = instances
      const token = people.token('here')
      const windows = [await connect(one, token), await connect(other, token)]
      await happens('order.confirmed', { orderId: 'order-2', userId: 'user-here' })
      for (const window of windows) {
        const { notification, unread } = await window.got('notification:new')
        assert.deepEqual([notification.kind, unread], ['order-confirmed', 1])
      }
      const { items } = await list(token)
      assert.deepEqual((await post(token, `/${items[0].id}/read`)).json, { unread: 0 })
      for (const window of windows) assert.deepEqual(await window.got('notification:count'), { unread: 0 })
      for (const window of windows) window.close()
    })

    it('makes one notification of an event that is delivered twice', async () => {
      const token = instances.people.token('twice')
      const data = { orderId: 'order-3', userId: 'user-twice' }
      const id = newId()
      await happens('order.shipped', data, id)
      await happens('order.shipped', data, id)
      await happens('order.confirmed', data)
      await until(async () => (await list(token)).items[0]?.kind === 'order-confirmed', 'the last has come')
      assert.equal((await list(token)).unread, 2)
    })

    it('goes on after an event that makes no sense', async () => {
      const token = instances.people.token('odd')
      await happens('order.confirmed', { order: 1 })
      await happens('order.confirmed', null)
      await happens('order.confirmed', { orderId: 'order-4', userId: 'user-odd' })
      await until(async () => (await list(token)).unread === 1, 'the good one has come')
      assert.ok(instances.one.log.lines.includes('an event makes no notification'))
    })

    it('tells who is named in a message, once, but not who wrote it', async () => {
      const { one, people } = instances
      const [writer, named] = [people.token('writer'), people.token('named')]
      const client = await connect(one, writer)
      const mentions = ['user-named', 'user-writer']
      const sent = message('support', 'what do you think?', { mentions })
      await client.done('chat:send', sent)
      await client.done('chat:send', sent)
      await until(async () => (await list(named)).unread === 1, 'it has come')
      const { items } = await list(named)
      assert.equal(items[0].title, 'writer named you in Support')
      assert.equal(items[0].data.roomId, 'support')
      await happens('order.confirmed', { orderId: 'order-5', userId: 'user-writer' })
      await until(async () => (await list(writer)).unread === 1, 'the order has come')
      assert.equal((await list(writer)).items[0].kind, 'order-confirmed')
      assert.equal((await list(named)).unread, 1)
      client.close()
    })

    it('is paged, and read one by one or all up to one', async () => {
      const token = instances.people.token('pages')
      for (let order = 1; order <= 5; order++) {
        await happens('order.confirmed', { orderId: `order-${order}`, userId: 'user-pages' })
        await until(async () => (await list(token)).unread === order, 'it has come')
      }
      const first = await list(token, '?limit=2')
      const second = await list(token, `?limit=2&cursor=${first.nextCursor}`)
      const third = await list(token, `?limit=2&cursor=${second.nextCursor}`)
      const orders = [first, second, third].flatMap(({ items }) =>
        items.map(({ data }: { data: { orderId: string } }) => data.orderId),
      )
      assert.deepEqual(orders, ['order-5', 'order-4', 'order-3', 'order-2', 'order-1'])
      assert.equal(third.nextCursor, null)
      const middle = second.items[0].id
      assert.deepEqual((await post(token, `/${middle}/read`)).json, { unread: 4 })
      assert.deepEqual((await post(token, `/${middle}/read`)).json, { unread: 4 })
      assert.deepEqual((await post(token, '/read', { upTo: middle })).json, { unread: 2 })
      const unread = await list(token, '?unread=true')
      assert.deepEqual(
        unread.items.map(({ data }: { data: { orderId: string } }) => data.orderId),
        ['order-5', 'order-4'],
      )
      assert.deepEqual((await post(token, '/read')).json, { unread: 0 })
    })

    it('is for its user only', async () => {
      const { one, people } = instances
      const token = people.token('mine')
      await happens('order.confirmed', { orderId: 'order-6', userId: 'user-mine' })
      await until(async () => (await list(token)).unread === 1, 'it has come')
      const { id } = (await list(token)).items[0]
      assertProblem(await post(people.token('eve'), `/${id}/read`), 404, 'notification-not-found')
      assertProblem(await one.ask(PATH), 401, 'unauthenticated')
      assert.equal((await list(token)).unread, 1)
    })

    it('refuses what is not right, and names the field', async () => {
      const { one, people } = instances
      const token = people.token('ada')
      const refused = (query: string) => one.ask(`${PATH}?${query}`, { headers: bearer(token) })
      assertFieldRefused(await refused('limit=0'), 'query', 'limit', /^is 0$/, /1 to 100/)
      assertFieldRefused(await refused('cursor=1'), 'query', 'cursor', /"1"/, /nextCursor/)
      assertFieldRefused(await refused('unread=1'), 'query', 'unread', /"1"/, /true or false/)
      assertFieldRefused(await post(token, '/read', { upTo: 5 }), 'body', 'upTo', /5/, /UUID/)
      assertFieldRefused(await post(token, '/5/read'), 'params', 'id', /"5"/, /UUID/)
    })
  })
}
