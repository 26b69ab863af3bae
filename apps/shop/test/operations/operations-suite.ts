import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { get } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { asFunction } from 'awilix'
import { pino } from 'pino'
import type { AnyModule, ShopModule } from '#shop/modules/module.js'
import { assertProblem } from '../catalogue/products.js'
import { newProduct } from '../support/shop-goods.js'
import { memoryStorage } from '../support/storages.js'
import { asPrincipal } from '../support/test-authenticator.js'
import { type Framework, type TestShop, type TestShopOptions, testShop } from '../support/test-shop.js'
import { samplesOf } from './samples.js'

/** What fails is what the test says. */
interface Faults {
  needed: () => Promise<void>
  optional: () => Promise<void>
}

const works = async (): Promise<void> => {}

async function createProbe(faults: Faults): Promise<AnyModule> {
  const { createRouter } = await import('#shop/http/framework.js')
  const { userOf } = await import('#shop/http/principal.js')
  const router = createRouter()
  router.get('/stream', (_req, res) => {
    res.type('text/event-stream')
    res.write('data: first\n\n')
  })
  router.get('/user/:name', async (req, res) => {
    await userOf(req)
    res.json({ ok: true })
  })
  router.get('/fails', () => {
    throw new Error('it broke')
  })
  const probe: ShopModule<{ probe: null }> = {
    name: 'operations-probe',
    register: () => ({ probe: asFunction(() => null).singleton() }),
    site: () => [{ path: '/probe', router }],
    healthChecks: () => [
      { name: 'needed', check: () => faults.needed() },
      { name: 'optional', check: () => faults.optional(), isNeeded: false },
    ],
  }
  return probe
}

const TOKEN = 'metrics-token-0123456789'

const PRODUCTION = {
  NODE_ENV: 'production',
  TOKEN_SECRET: 'x'.repeat(40),
  SESSION_SECRET: 'y'.repeat(40),
  METRICS_TOKEN: TOKEN,
}

const BEARER = { Authorization: `Bearer ${TOKEN}` }

/** What those see who run the shop. */
export function describeOperations(framework: Framework): void {
  describe(`the operations on ${framework}`, () => {
    const faults: Faults = { needed: works, optional: works }
    const lines: Record<string, unknown>[] = []
    const accessLogger = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) })
    let shop: TestShop
    let production: TestShop

    before(async () => {
      process.env.FRAMEWORK = framework
      const { MODULES } = await import('#shop/start/modules.js')
      const modules = [...MODULES, await createProbe(faults)]
      const open = (options: TestShopOptions) =>
        testShop({ modules, storage: memoryStorage(), framework, ...options })
      shop = await open({ variables: { HEALTH_CHECK_LIMIT_MS: '150' } })
      production = await open({ variables: PRODUCTION, replaced: { accessLogger } })
    })

    after(async () => {
      await shop?.stop()
      await production?.stop()
    })

    describe('health', () => {
      it('is live whatever else is wrong', async () => {
        faults.needed = () => Promise.reject(new Error('gone'))
        const answer = await shop.ask('/health/live')
        assert.deepEqual([answer.status, answer.json], [200, { status: 'live' }])
        assert.equal(answer.headers.get('cache-control'), 'no-store')
        faults.needed = works
      })

      it('is ready with each check and its latency', async () => {
        const { status, json } = await shop.ask('/health/ready')
        assert.equal(status, 200)
        assert.equal(json.status, 'ready')
        const names = json.checks.map(({ name }: { name: string }) => name)
        assert.deepEqual(names, ['storage', 'state', 'events', 'needed', 'optional'])
        for (const check of json.checks) {
          assert.equal(check.status, 'ok')
          assert.ok(check.latencyMs >= 0 && check.latencyMs < 1000)
        }
      })

      it('is not ready when a needed check fails, and says why; and is ready again by itself', async () => {
        faults.needed = () => Promise.reject(new Error('no answer', { cause: new Error('ECONNREFUSED') }))
        const { status, json } = await shop.ask('/health/ready')
        assert.deepEqual([status, json.status], [503, 'unavailable'])
        const failed = json.checks.find(({ name }: { name: string }) => name === 'needed')
        assert.deepEqual([failed.status, failed.reason], ['failed', 'no answer: ECONNREFUSED'])
        assert.ok(shop.log.lines.includes('the shop is unavailable'))
        faults.needed = works
        assert.equal((await shop.ask('/health/ready')).status, 200)
        assert.ok(shop.log.lines.includes('the shop is ready again, after being unavailable'))
      })

      it('is degraded, and ready, when a check fails that is not needed', async () => {
        faults.optional = () => Promise.reject(new Error('gone'))
        const { status, json } = await shop.ask('/health/ready')
        assert.deepEqual([status, json.status], [200, 'degraded'])
        faults.optional = works
      })

      it('gives up a check that hangs, and does not start it again beside itself', async () => {
        let calls = 0
        let end = (): void => {}
        faults.needed = () => {
          calls++
          return new Promise((resolve) => (end = resolve))
        }
        const answers = [await shop.ask('/health/ready'), await shop.ask('/health/ready')]
        for (const { status, json } of answers) {
          assert.equal(status, 503)
          assert.match(JSON.stringify(json.checks), /did not answer within 150 ms/)
        }
        assert.equal(calls, 1)
        end()
        faults.needed = works
      })

      it('tells strangers in production no details, and who has the token all', async () => {
        assert.deepEqual((await production.ask('/health/ready')).json, { status: 'ready' })
        const known = await production.ask('/health/ready', { headers: BEARER })
        assert.equal(known.json.checks.length, 5)
      })

      it('refuses other methods', async () => {
        for (const path of ['/health/live', '/health/ready', '/metrics']) {
          assertProblem(await shop.ask(path, { method: 'DELETE' }), 405, 'method-not-allowed')
        }
      })
    })

    describe('metrics', () => {
      const metrics = async () => samplesOf((await shop.ask('/metrics')).text)

      it('count requests by the pattern of their route and by status', async () => {
        const before = await metrics()
        const { id } = await newProduct(shop, 3)
        await shop.ask(`/api/v1/products/${id}`)
        await shop.ask('/api/products/99999999', { headers: { 'API-Version': '1' } })
        await shop.ask(`/api/v2/products/${id}/images`)
        await shop.ask('/probe/fails')
        const now = await metrics()
        const grown = (labels: Record<string, string>) =>
          now.sum('shop_http_request_duration_seconds_count', labels) -
          before.sum('shop_http_request_duration_seconds_count', labels)
        const product = { route: '/api/v1/products/:id' }
        assert.equal(grown({ ...product, method: 'GET', status: '200' }), 1)
        assert.equal(grown({ ...product, status: '404' }), 1)
        assert.equal(grown({ route: '/api/v1/products', method: 'POST', status: '201' }), 1)
        assert.equal(grown({ route: '/api/v2/products/:product/images' }), 1)
        assert.equal(grown({ route: '/probe/fails', status: '500' }), 1)
      })

      it('have no label that a client chose', async () => {
        for (const path of [
          '/secret-path-1',
          '/api/v1/secret-path-2',
          '/api/v1/products/secret-path-3',
          '/probe/user/secret-path-4',
          '/API/V1/Products/1',
        ])
          await shop.ask(path)
        const text = (await shop.ask('/metrics')).text
        assert.doesNotMatch(text, /secret-path/)
        assert.doesNotMatch(text, /API/)
      })

      it('have the event loop, the memory, what is under way, the cache and the outbox', async () => {
        const now = await metrics()
        for (const name of [
          'nodejs_eventloop_lag_p99_seconds',
          'process_resident_memory_bytes',
          'shop_http_requests_under_way',
          'shop_outbox_lag_seconds',
        ])
          assert.ok(now.has(name), name)
        // The one that asks.
        assert.equal(now.sum('shop_http_requests_under_way', {}), 1)
        assert.ok(now.sum('shop_cache_reads_total', { kind: 'product' }) > 0)
      })

      it('are for who has the token, when there is one', async () => {
        const refused = await production.ask('/metrics')
        assertProblem(refused, 401, 'unauthenticated')
        assertProblem(
          await production.ask('/metrics', { headers: { Authorization: 'Bearer other' } }),
          401,
          'unauthenticated',
        )
        const answer = await production.ask('/metrics', { headers: BEARER })
        assert.equal(answer.status, 200)
        assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
      })
    })

    describe('the access log', () => {
      const lineOf = async (id: string) => {
        // Written when the response is over, which its client may learn before.
        for (let wait = 0; wait < 100 && !lines.some(({ requestId }) => requestId === id); wait++)
          await new Promise((resolve) => setTimeout(resolve, 10))
        return lines.find(({ requestId }) => requestId === id) as Record<string, any>
      }

      it('has in production a line for each request, with its id, its user and its route', async () => {
        const headers = { ...asPrincipal({ id: 'user-77' }), 'X-Request-Id': 'access-line-1' }
        await production.ask('/probe/user/ada', { headers })
        const line = await lineOf('access-line-1')
        assert.deepEqual([line.user, line.route, line.res.status], ['user-77', '/probe/user/:name', 200])
        assert.deepEqual([line.req.method, line.req.address], ['GET', '/probe/user/ada'])
        assert.ok(line.responseTime >= 0)
      })

      it('has requests that were refused at the door, and such that failed as errors', async () => {
        const headers = { 'X-Request-Id': 'access-line-2', Origin: 'https://evil.example' }
        await production.ask('/probe/user/ada', { method: 'POST', headers })
        assert.equal((await lineOf('access-line-2')).res.status, 403)
        await production.ask('/probe/fails', { headers: { 'X-Request-Id': 'access-line-3' } })
        assert.deepEqual(
          [(await lineOf('access-line-3')).level, (await lineOf('access-line-3')).res.status],
          [50, 500],
        )
      })

      it('has no secret of the address and no field of the request', async () => {
        const headers = {
          'X-Request-Id': 'access-line-4',
          Cookie: 'sid=hidden-1',
          ...asPrincipal({ name: 'hidden-2' }),
        }
        await production.ask('/probe/user/x?code=hidden-3&page=2&access_token=hidden-4&state=hidden-5', {
          headers,
        })
        const text = JSON.stringify(await lineOf('access-line-4'))
        assert.doesNotMatch(text, /hidden|authorization|cookie/i)
        assert.match(text, /code=\*\*\*&page=2&access_token=\*\*\*/)
      })

      it('has in development a line to be read', async () => {
        await shop.ask('/probe/user/ada?token=hidden-9')
        await new Promise((resolve) => setTimeout(resolve, 50))
        const line = shop.log.lines.find((each) => each.includes('/probe/user/ada?'))
        assert.match(line ?? '', /^GET \/probe\/user\/ada\?token=\*\*\* 401 [\d.]+ ms$/)
      })

      it('leaves probes out', async () => {
        await shop.ask('/health/live')
        assert.ok(!shop.log.lines.some((line) => line.includes('/health/live')))
      })
    })

    describe('compression', () => {
      const fetched = (path: string) =>
        new Promise<{ coding: string | undefined; vary: string | undefined; body: Buffer }>(
          (resolve, reject) => {
            get(`${shop.address}${path}`, { headers: { 'Accept-Encoding': 'gzip' } }, (res) => {
              buffer(res).then(
                (body) => resolve({ coding: res.headers['content-encoding'], vary: res.headers.vary, body }),
                reject,
              )
            }).on('error', reject)
          },
        )

      it('makes large answers small, and leaves small ones', async () => {
        const { coding, vary, body } = await fetched('/api/v1/products')
        assert.equal(coding, 'gzip')
        assert.match(vary ?? '', /Accept-Encoding/)
        assert.ok(JSON.parse(gunzipSync(body).toString()).items.length > 0)
        assert.equal((await fetched('/health/live')).coding, undefined)
      })

      it('does not hold back events', async () => {
        const first = await new Promise<string>((resolve, reject) => {
          const request = get(
            `${shop.address}/probe/stream`,
            { headers: { 'Accept-Encoding': 'gzip' } },
            (res) => {
              assert.equal(res.headers['content-encoding'], undefined)
              res.once('data', (chunk: Buffer) => {
                resolve(chunk.toString())
                request.destroy()
              })
            },
          )
          request.on('error', reject)
        })
        assert.equal(first, 'data: first\n\n')
      })
    })
  })
}
