import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { clientOf } from '../support/client.js'
import { eventually } from '../support/eventually.js'
import { ShopProcess } from '../support/shop-process.js'
import type { Framework } from '../support/test-shop.js'
import { KeepAliveLoad, underLoad } from './keep-alive-load.js'
import { samplesOf } from './samples.js'
import { sharedServers, serversAreMissing } from './shared-servers.js'

/** Several processes on one port. */
export async function describeCluster(framework: Framework): Promise<void> {
  const skip = await serversAreMissing()
  const onExpress = framework === 'express'

  describe(`a cluster of processes on ${framework}`, { skip }, () => {
    const servers = sharedServers()
    let shop: ShopProcess

    const workers = (): number[] =>
      execFileSync('ps', ['-o', 'pid=', '--ppid', String(shop.pid)], { encoding: 'utf8' })
        .split('\n')
        .map(Number)
        .filter((pid) => pid > 0)

    before(async () => {
      shop = new ShopProcess(
        {
          ...servers.variables,
          WORKERS: '2',
          RATE_LIMIT: 'off',
          STOP_GRACE_MS: '200',
          ACCESS_LOG: 'off',
        },
        onExpress,
      )
      await shop.ready()
    })

    after(async () => {
      assert.equal(await shop?.stop(), 0)
      await servers.remove()
    })

    /** Each on a connection of its own: the processes take turns. */
    const askEach = async (times: number, path: string, headers: Record<string, string> = {}) => {
      const answers = []
      for (let time = 0; time < times; time++)
        answers.push(await clientOf(shop.address)(path, { headers: { Connection: 'close', ...headers } }))
      return answers
    }

    it('says how many processes there are', () => {
      assert.match(shop.output, /processes +2;/)
      assert.equal(workers().length, 2)
    })

    it('gives the metrics of all, whichever is asked', async () => {
      const counted = async () => {
        const [answer] = await askEach(1, '/metrics')
        const samples = samplesOf(answer?.text ?? '')
        assert.equal(samples.sum('shop_workers', {}), 2)
        return samples.sum('shop_http_request_duration_seconds_count', { route: '/api/v1/categories' })
      }
      const before = await counted()
      await askEach(12, '/api/v1/categories')
      for (let time = 0; time < 4; time++) assert.equal(await counted(), before + 12)
    })

    it('takes in each process what another one has signed', async () => {
      const json = { email: 'ada@shop.example', password: 'shop-ada-demo' }
      const { access_token } = (await clientOf(shop.address)('/api/v1/auth/login', { method: 'POST', json }))
        .json
      const answers = await askEach(6, '/api/v1/users/me', { Authorization: `Bearer ${access_token}` })
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 200, 200, 200],
      )
    })

    it('replaces a process that crashes, and counts it', async () => {
      const [victim = 0] = workers()
      process.kill(victim, 'SIGKILL')
      const now = await eventually(
        async () => workers(),
        (pids) => pids.length === 2 && !pids.includes(victim),
      )
      assert.equal(now.length, 2)
      const text = await eventually(
        async () => (await askEach(1, '/metrics'))[0]?.text ?? '',
        (answer) => samplesOf(answer).sum('shop_workers', {}) === 2,
      )
      assert.equal(samplesOf(text).sum('shop_worker_crashes_total', {}), 1)
      assert.match(shop.output, /a worker ended by itself/)
    })

    it('renews all processes on SIGHUP under load, and loses no request', async () => {
      const old = workers()
      const load = new KeepAliveLoad(shop.address, '/api/v1/products/1', 24)
      const [report] = await underLoad([load], async () => {
        while (load.answered < 200) await setTimeout(20)
        shop.signal('SIGHUP')
        await shop.said(/all workers were renewed/)
        await setTimeout(200)
      })
      assert.ok(report)
      assert.deepEqual(report.lost, {})
      assert.equal(report.refused, 0)
      assert.ok(report.answered > 400, `${report.answered} were answered`)
      assert.deepEqual(
        workers().filter((pid) => old.includes(pid)),
        [],
      )
    })
  })

  describe(`a cluster on ${framework} that can not be`, () => {
    it('is refused when its processes could share nothing', async () => {
      const shop = new ShopProcess({ WORKERS: '2', DATABASE_URL: 'memory:' }, onExpress)
      assert.equal(await shop.exitCode(), 1)
      assert.match(shop.output, /WORKERS is 2.*\n.*DATABASE_URL and REDIS_URL/)
    })
  })
}
