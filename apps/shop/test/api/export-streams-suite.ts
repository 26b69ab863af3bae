import assert from 'node:assert/strict'
import { type IncomingMessage, request } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { ManyProducts } from './many-products.js'

const COUNT = 50_000
const BATCHES = COUNT / 500

/** What an export needs of the machine. The answer is 24 MB; sockets between us hold a few of them. */
export function describeExportStreams(framework: Framework): void {
  describe(`an export of ${COUNT} products on ${framework}`, () => {
    let products: ManyProducts
    let shop: TestShop

    before(async () => {
      products = new ManyProducts(COUNT)
      shop = await testShop({ storage: memoryStorage(), framework, replaced: { products } })
    })

    after(() => shop?.stop())

    const begin = (): Promise<IncomingMessage> => {
      products.batches = 0
      products.failAfter = Number.POSITIVE_INFINITY
      return new Promise((resolve, reject) => {
        request(`${shop.address}/api/v1/exports/products`, { agent: false }, resolve)
          .on('error', reject)
          .end()
      })
    }

    /** Waits until nothing more is asked for. */
    const settled = async (): Promise<number> => {
      for (let last = -1; last !== products.batches; ) {
        last = products.batches
        await pause(100)
      }
      return products.batches
    }

    it('comes whole, and takes no more memory with each batch', async () => {
      const answer = await begin()
      let [lines, most] = [0, 0]
      const before = process.memoryUsage().heapUsed
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        for (const byte of chunk) if (byte === 10) lines++
        most = Math.max(most, process.memoryUsage().heapUsed - before)
      }
      assert.equal(lines, COUNT + 1)
      assert.equal(products.batches, BATCHES)
      // What the collector has not yet looked at is in it; all products together would be some hundred megabytes.
      assert.ok(most < 100_000_000, `${most} bytes more`)
    })

    it('is watched by many, compressed too, and warns of no leak', async () => {
      const warnings: string[] = []
      const note = (warning: Error): void => void warnings.push(`${warning.name}: ${warning.message}`)
      process.on('warning', note)
      const headers = { 'Accept-Encoding': 'gzip' }
      const answer = await shop.ask('/api/v1/exports/products', { headers })
      // Warnings are told in a later turn.
      await pause(10)
      process.off('warning', note)
      assert.deepEqual([answer.headers.get('content-encoding'), warnings], ['gzip', []])
    })

    it('waits for a reader that is slow', async () => {
      const answer = await begin()
      answer.pause()
      const asked = await settled()
      assert.ok(asked < BATCHES * 0.7, `${asked} of ${BATCHES} batches were asked for, and nobody took them`)
      let bytes = 0
      for await (const chunk of answer as AsyncIterable<Buffer>) bytes += chunk.length
      assert.ok(bytes > 20_000_000)
      assert.equal(products.batches, BATCHES)
    })

    it('ends when the client goes, and nobody is told of an error', async () => {
      const errors = shop.log.errors.length
      const answer = await begin()
      answer.once('error', () => {})
      answer.destroy()
      const asked = await settled()
      assert.ok(asked < BATCHES * 0.7, `${asked} batches`)
      assert.equal(shop.log.errors.length, errors)
      assert.ok(shop.log.lines.includes('an export was left before its end'))
    })

    it('that breaks in the middle is cut, so that nobody takes the half for the whole', async () => {
      const answer = await begin()
      products.failAfter = 20
      await assert.rejects(async () => {
        for await (const chunk of answer as AsyncIterable<Buffer>) void chunk
      }, /aborted|ECONNRESET/)
      assert.ok(shop.log.errors.some((error) => /broke in the middle/.test(String(error))))
    })

    it('that can not begin is a problem like any other', async () => {
      products.batches = 0
      products.failAfter = 0
      const { status, json } = await shop.ask('/api/v1/exports/products')
      assert.deepEqual([status, json.code], [500, 'internal-error'])
    })
  })
}
