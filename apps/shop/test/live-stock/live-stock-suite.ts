import assert from 'node:assert/strict'
import { connect as connectSocket } from 'node:net'
import { after, afterEach, before, describe, it } from 'node:test'
import { assertFieldRefused } from '../catalogue/products.js'
import { until } from '../chat/chat-client.js'
import type { Instances } from '../chat/instances.js'
import type { CatchUp } from '#shop/modules/live-stock/domain/stock-level.js'
import { LIVE_LIMITS } from '#shop/modules/live-stock/http/live-connections.js'
import type { TestShop } from '../support/test-shop.js'
import { EventStream } from './event-stream.js'

const STREAM = '/api/v1/live-stock'
const POLL = '/api/v1/live-stock/changes'

/** Live stock at two addresses of one shop. */
export function describeLiveStock(
  name: string,
  start: () => Promise<Instances>,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    let instances: Instances
    const streams: EventStream[] = []

    before(async () => {
      instances = await start()
    })

    after(() => instances?.stop())

    afterEach(async () => {
      for (const stream of streams.splice(0)) stream.close()
      for (const { cradle } of [instances.one, instances.other])
        await until(() => cradle.liveConnections.size === 0, 'all streams are closed')
    })

    async function open(
      shop: TestShop,
      products: string,
      headers: Record<string, string> = {},
    ): Promise<EventStream> {
      const stream = await EventStream.open(shop, `${STREAM}?products=${products}`, headers)
      streams.push(stream)
      return stream
    }

    const cause = { actor: 'test', reason: 'counted' }

    const setStock = (productId: number, pieces: number, shop = instances.one) =>
      shop.cradle.stock.correct(productId, pieces, cause)

    it('begins with what there is, and tells each change, from whichever instance', async () => {
      const stream = await open(instances.other, '1,2')
      assert.equal(stream.response.statusCode, 200)
      assert.match(stream.response.headers['content-type'] ?? '', /^text\/event-stream/)
      assert.equal(stream.response.headers['x-accel-buffering'], 'no')
      const snapshot = await stream.got(({ event }) => event === 'snapshot')
      assert.deepEqual(
        snapshot.data.products.map((level: { productId: number }) => level.productId),
        [1, 2],
      )
      assert.match(stream.text, /^retry: \d+\n\n/)
      await setStock(1, 4711)
      const change = await stream.got(({ data }) => data.available === 4711)
      assert.equal(change.event, 'stock')
      assert.equal(change.data.productId, 1)
      assert.equal(change.data.version, snapshot.data.products[0].version + 1)
      await setStock(3, 815)
      await setStock(2, 816)
      await stream.got(({ data }) => data.available === 816)
      assert.ok(!stream.events.some(({ data }) => data.productId === 3), 'others are not told')
    })

    it('tells of a stock that is changed with its product', async () => {
      const stream = await open(instances.other, '4')
      await stream.got(({ event }) => event === 'snapshot')
      const { catalogue } = instances.one.cradle
      await catalogue.change(4, { stock: 1234 }, 'any')
      const { data } = await stream.got((event) => event.data.available === 1234)
      assert.equal(data.version, (await catalogue.product(4)).version)
    })

    it('goes on where a client stopped, at another instance', async () => {
      const first = await open(instances.one, '5')
      await first.got(({ event }) => event === 'snapshot')
      await setStock(5, 100)
      const { id } = await first.got(({ data }) => data.available === 100)
      first.close()
      await setStock(5, 101)
      await setStock(5, 102)
      await setStock(6, 1)
      const { stockFeed } = instances.other.cradle
      await until(() => heard(stockFeed.since(id, new Set([6]))), 'all changes are heard there')
      const second = await open(instances.other, '5', { 'Last-Event-ID': id })
      const replayed = await second.got(({ data }) => data.available === 102)
      assert.notEqual(replayed.id, id)
      assert.ok(!second.events.some(({ event }) => event !== 'stock'), 'no snapshot was needed')
      const third = await EventStream.open(instances.one, `${STREAM}?products=5&lastEventId=${replayed.id}`)
      streams.push(third)
      await setStock(5, 103)
      await third.got(({ data }) => data.available === 103)
      assert.ok(third.events.every(({ event, data }) => event === 'stock' && data.available >= 102))
    })

    it('sends all anew when the id is too old, or is none', async () => {
      for (const id of ['nothing', 'ab.1', 'x'.repeat(90), instances.one.cradle.stockFeed.position + '9']) {
        const stream = await open(instances.one, '7,8', { 'Last-Event-ID': id })
        const { event, data } = await stream.got(() => true)
        assert.equal(event, 'reset', id)
        assert.equal(data.products.length, 2)
      }
    })

    it('is answered by long polls in the same way', async () => {
      const { one, other } = instances
      const first = await other.ask(`${POLL}?products=9`)
      assert.equal(first.status, 200)
      assert.equal(first.json.reset, true)
      assert.equal(first.json.products[0].productId, 9)
      const waiting = other.ask(`${POLL}?products=9&since=${first.json.since}`)
      await until(() => other.cradle.liveConnections.size === 1, 'the poll waits')
      await setStock(9, 555, one)
      const changed = await waiting
      assert.deepEqual(
        changed.json.products.map(({ available }: { available: number }) => available),
        [555],
      )
      assert.equal(changed.json.reset, false)
      const later = await one.ask(`${POLL}?products=9&since=${first.json.since}`)
      assert.deepEqual(later.json, changed.json)
      const nothing = await one.ask(`${POLL}?products=9&since=${changed.json.since}&wait=0`)
      assert.deepEqual([nothing.status, nothing.text], [204, ''])
      const old = await one.ask(`${POLL}?products=9&since=gone`)
      assert.equal(old.json.reset, true)
    })

    it('answers a poll with 204 when nothing has changed for a while', async () => {
      const { json } = await instances.one.ask(`${POLL}?products=10`)
      const { status } = await instances.one.ask(`${POLL}?products=10&since=${json.since}&wait=1`)
      assert.equal(status, 204)
    })

    it('sends what it has at once through compression', async () => {
      const stream = await open(instances.one, '11', { 'Accept-Encoding': 'gzip' })
      assert.equal(stream.response.headers['content-encoding'], 'gzip')
      await stream.got(({ event }) => event === 'snapshot')
      await setStock(11, 321)
      await stream.got(({ data }) => data.available === 321)
    })

    it('says that it is still there', async () => {
      const stream = await open(instances.one, '1')
      await stream.until(() => stream.text.includes('\n: still here\n'))
    })

    it('refuses what is not right, and names the field', async () => {
      const { one } = instances
      const missing = await one.ask(STREAM)
      assertFieldRefused(missing, 'query', 'products', /missing/, /1 to 100 ids/)
      const many = Array.from({ length: 101 }, (_, index) => index + 1).join(',')
      for (const products of ['', '0', '1,,2', 'a', '9999999999', many]) {
        const refused = await one.ask(`${STREAM}?products=${products}`)
        assertFieldRefused(refused, 'query', 'products', /is|has/, /1 to 100 ids/)
      }
      assertFieldRefused(await one.ask(`${POLL}?products=1&wait=26`), 'query', 'wait', /26/, /0 to 25/)
      assert.equal((await one.ask(`${STREAM}?products=1`, { method: 'POST' })).status, 405)
      assert.equal((await one.ask(`${STREAM}?products=1`, { method: 'HEAD' })).status, 200)
    })

    it('leaves no listener and no timer behind when 1,000 clients have come and gone', async (test) => {
      const { one } = instances
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
      await until(() => one.cradle.liveConnections.size === 0, 'nobody is there')
      const before = timers()
      // At the pace of the other tests, a thousand clients would hear ten thousand beats a second.
      const limits: { heartbeatMs: number } = one.cradle.liveConnections.limits
      const { heartbeatMs } = limits
      limits.heartbeatMs = LIVE_LIMITS.heartbeatMs
      test.after(() => {
        limits.heartbeatMs = heartbeatMs
      })
      const opened: EventStream[] = []
      for (let count = 0; count < 1000; count += 100) {
        const some = Array.from({ length: 100 }, () => EventStream.open(one, `${STREAM}?products=1,2,3`))
        opened.push(...(await Promise.all(some)))
      }
      assert.equal(one.cradle.stockFeed.listeners, 1000)
      assert.equal(one.cradle.liveConnections.size, 1000)
      for (const stream of opened) stream.close()
      await until(() => one.cradle.liveConnections.size === 0, 'all have gone')
      assert.equal(one.cradle.stockFeed.listeners, 0)
      // A few of the shop's own come and go; each client would have left one.
      await until(() => timers() < before + 20, 'no timer is left')
    })

    it('ends a poll whose client goes away', async () => {
      const { one } = instances
      const { json } = await one.ask(`${POLL}?products=12`)
      const stream = EventStream.open(one, `${POLL}?products=12&since=${json.since}`)
      stream.catch(() => {})
      await until(() => one.cradle.liveConnections.size === 1, 'the poll waits')
      const socket = connectSocket(Number(new URL(one.address).port), '127.0.0.1')
      socket.write(`GET ${POLL}?products=12&since=${json.since} HTTP/1.1\r\nHost: x\r\n\r\n`)
      await until(() => one.cradle.liveConnections.size === 2, 'the other poll waits')
      socket.destroy()
      await until(() => one.cradle.liveConnections.size === 1, 'the poll is gone')
      await setStock(12, 77)
      assert.equal((await stream).response.statusCode, 200)
    })
  })
}

function heard(missed: CatchUp): boolean {
  return missed.kind === 'changes' && missed.changes.length > 0
}
