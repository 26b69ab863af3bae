import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { clientOf } from '../support/client.js'
import { ShopProcess } from '../support/shop-process.js'
import type { Framework } from '../support/test-shop.js'
import { KeepAliveLoad, underLoad } from './keep-alive-load.js'

const MEMORY = { DATABASE_URL: 'memory:', RATE_LIMIT: 'off', ACCESS_LOG: 'off' }

/** How a shop stops. */
export function describeStopping(framework: Framework): void {
  const start = async (variables: Record<string, string>): Promise<ShopProcess> => {
    const shop = new ShopProcess({ ...MEMORY, ...variables }, framework === 'express')
    await shop.ready()
    return shop
  }

  describe(`the end of the shop on ${framework}`, { concurrency: 2 }, () => {
    it('loses no request on connections that are kept alive', async () => {
      const shop = await start({ STOP_GRACE_MS: '400' })
      const load = new KeepAliveLoad(shop.address, '/api/v1/products/1', 24)
      const [report] = await underLoad([load], async () => {
        while (load.answered < 300) await setTimeout(20)
        shop.signal('SIGTERM')
        assert.equal(await shop.exitCode(), 0)
      })
      assert.ok(report)
      assert.deepEqual(report.lost, {})
      assert.ok(report.answered >= 300)
      assert.ok(report.saidClose >= 24, `each connection was told: ${report.saidClose}`)
    })

    it('is told to balancers first, and goes on answering meanwhile', async () => {
      const shop = await start({ STOP_DELAY_MS: '700', STOP_GRACE_MS: '0' })
      const ask = clientOf(shop.address)
      assert.equal((await ask('/health/ready')).status, 200)
      shop.signal('SIGTERM')
      await shop.said(/closing the shop/)
      const ready = await ask('/health/ready')
      assert.deepEqual([ready.status, ready.json.status], [503, 'draining'])
      assert.equal((await ask('/health/live')).status, 200)
      const answer = await ask('/api/v1/products/1')
      assert.deepEqual([answer.status, answer.headers.get('connection')], [200, 'keep-alive'])
      assert.equal(await shop.exitCode(), 0)
    })

    it('does not wait for connections that nobody uses', async () => {
      const shop = await start({ STOP_GRACE_MS: '50', STOP_LIMIT_MS: '900000' })
      const { hostname, port } = new URL(shop.address)
      const sockets = [connect(Number(port), hostname), connect(Number(port), hostname)]
      for (const socket of sockets) await new Promise((resolve) => socket.once('connect', resolve))
      sockets[0]?.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')
      await new Promise((resolve) => sockets[0]?.once('data', resolve))
      for (const socket of sockets) socket.on('error', () => {})
      // It would be killed long before that limit, and have no exit code.
      assert.equal(await shop.stop(), 0)
    })

    it('cuts off what does not end within the limit', async () => {
      const shop = await start({ STOP_GRACE_MS: '0', STOP_LIMIT_MS: '300' })
      const { hostname, port } = new URL(shop.address)
      const socket = connect(Number(port), hostname)
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.on('error', () => {})
      socket.resume()
      socket.write(
        'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      )
      await setTimeout(100)
      assert.equal(await shop.stop(), 0)
      await closed
    })
  })
}
