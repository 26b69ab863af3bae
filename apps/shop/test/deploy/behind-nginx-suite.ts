import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { assertProblem } from '../catalogue/products.js'
import { ChatClient, message } from '../chat/chat-client.js'
import { Visitor } from '../identity/visitor.js'
import { KeepAliveLoad, underLoad } from '../operations/keep-alive-load.js'
import { samplesOf } from '../operations/samples.js'
import { serversAreMissing, sharedServers } from '../operations/shared-servers.js'
import { type Client, clientOf } from '../support/client.js'
import { ShopProcess } from '../support/shop-process.js'
import type { Framework, TestShop } from '../support/test-shop.js'
import { freePort, Nginx, nginxIsMissing } from './nginx.js'

const SECRETS = {
  TOKEN_SECRET: 'token-secret-of-this-test-0123456789',
  SESSION_SECRET: 'session-secret-of-this-test-01234567',
}

/** Two instances of the shop behind an nginx with the configuration of deploy/. */
export async function describeBehindNginx(framework: Framework): Promise<void> {
  const skip = nginxIsMissing() || (await serversAreMissing())
  describe(`two instances on ${framework} behind nginx`, { skip }, () => {
    const servers = sharedServers()
    const ports: number[] = []
    const shops: ShopProcess[] = []
    let nginx: Nginx
    let ask: Client

    const launch = async (index: number): Promise<void> => {
      const shop = new ShopProcess(
        {
          ...servers.variables,
          ...SECRETS,
          PORT: String(ports[index]),
          TRUST_PROXY: 'loopback',
          RATE_LIMIT: '100000',
          STOP_GRACE_MS: '300',
          ACCESS_LOG: 'off',
        },
        framework === 'express',
      )
      shops[index] = shop
      await shop.ready()
    }

    const shopAt = (index: number): ShopProcess => shops[index] as ShopProcess

    before(async () => {
      ports.push(await freePort(), await freePort())
      // One after the other: the first makes the tables.
      await launch(0)
      await launch(1)
      nginx = new Nginx(
        await freePort(),
        ports.map((port) => `127.0.0.1:${port}`),
      )
      nginx.check()
      await nginx.start()
      ask = clientOf(nginx.address)
    })

    after(async () => {
      await nginx?.stop()
      for (const shop of shops) await shop.stop()
      await servers.remove()
    })

    const tokenOf = async (name: string): Promise<string> => {
      const json = { email: `${name}@shop.example`, password: `shop-${name}-demo` }
      return (await ask('/api/v1/auth/login', { method: 'POST', json })).json.access_token as string
    }

    it('counts the requests of an address across both', async () => {
      const remaining: number[] = []
      for (let time = 0; time < 10; time++) {
        const { headers } = await ask('/api/v1/categories', { headers: { Connection: 'close' } })
        remaining.push(Number(/remaining=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]))
      }
      const [first = 0] = remaining
      assert.deepEqual(
        remaining,
        remaining.map((_, index) => first - index),
      )
      for (const shop of shops) {
        const samples = samplesOf((await clientOf(shop.address)('/metrics')).text)
        const route = { route: '/api/v1/categories' }
        assert.ok(samples.sum('shop_http_request_duration_seconds_count', route) > 0, 'both have answered')
      }
    })

    it('knows a session on one that was made on the other', async () => {
      const visitor = new Visitor(clientOf(shopAt(0).address))
      const json = { email: 'ada@shop.example', password: 'shop-ada-demo' }
      assert.equal((await visitor.post('/api/v1/auth/session', json)).status, 200)
      const elsewhere = new Visitor(clientOf(shopAt(1).address), { address: visitor.address })
      for (const [name, cookie] of visitor.cookies) elsewhere.cookies.set(name, cookie)
      const { status, json: session } = await elsewhere.ask('/api/v1/auth/session')
      assert.deepEqual([status, session.user.email], [200, 'ada@shop.example'])
    })

    it('lets WebSockets through, and brings messages from one instance to the other', async () => {
      const [token, auth] = [await tokenOf('ada'), await tokenOf('grace')]
      const clients = [
        new ChatClient({ address: nginx.address } as TestShop, { auth: { token } }),
        ...shops.map(({ address }) => new ChatClient({ address } as TestShop, { auth: { token: auth } })),
      ]
      try {
        for (const client of clients) {
          await client.got('connect')
          await client.done('chat:join', { roomId: 'support' })
        }
        const [ada] = clients
        await ada?.done('chat:send', message('support', 'through nginx'))
        for (const client of clients) await client.got('chat:message', ({ text }) => text === 'through nginx')
      } finally {
        for (const client of clients) client.close()
      }
    })

    it('brings events at once', async () => {
      const { items } = (await ask('/api/v1/products?limit=1')).json
      const response = await fetch(`${nginx.address}/api/v1/live-stock?products=${items[0].id}`, {
        headers: { Accept: 'text/event-stream' },
      })
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
      const reader = (response.body as ReadableStream<Uint8Array>).getReader()
      let text = ''
      while (!text.includes('event: snapshot'))
        text += Buffer.from((await reader.read()).value ?? []).toString()
      await reader.cancel()
    })

    it('passes on who asks, one id, and nothing that a client says about itself', async () => {
      const headers = {
        'X-Request-Id': 'through-nginx-1',
        'X-Forwarded-For': '203.0.113.9',
        Connection: 'close',
      }
      const own = await ask('/api/v1/categories', { headers })
      assert.equal(own.headers.get('x-request-id'), 'through-nginx-1')
      const made = await ask('/api/v1/categories')
      assert.match(made.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/)
      // Counted where it came from: one more than the request before.
      const remaining = (answer: typeof own) =>
        Number(/remaining=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])
      assert.equal(remaining(made), remaining(own) - 1)
    })

    it('keeps metrics and health to itself', async () => {
      for (const path of ['/metrics', '/METRICS', '/metrics/', '/health/ready', '/Health/live', '/%6detrics'])
        assert.equal((await ask(path)).status, 404, path)
    })

    it('refuses a body that is too large as the shop does', async () => {
      const headers = { 'Content-Length': String(13 << 20), 'X-Request-Id': 'through-nginx-2' }
      const answer = await ask('/api/v1/products/1/images', { method: 'POST', headers, body: 'x' })
      assertProblem(answer, 413, 'body-too-large')
      assert.equal(answer.headers.get('x-request-id'), 'through-nginx-2')
    })

    it('is renewed under load, one instance after the other, and loses no request', async () => {
      const graph = { method: 'POST', body: JSON.stringify({ query: '{ __typename }' }) }
      // What is not idempotent nginx sends once: it can not make good what an instance has lost.
      const loads = [
        new KeepAliveLoad(nginx.address, '/api/v1/products/1', 8),
        new KeepAliveLoad(nginx.address, '/api/graphql', 16, graph),
      ]
      const answered = (): number => Math.min(...loads.map((load) => load.answered))
      const hundredMore = async (): Promise<void> => {
        const before = answered()
        while (answered() < before + 100) await setTimeout(20)
      }
      const reports = await underLoad(loads, async () => {
        for (const index of [0, 1]) {
          await hundredMore()
          assert.equal(await shopAt(index).stop(), 0)
          await launch(index)
        }
        await hundredMore()
      })
      for (const { lost, refused } of reports)
        assert.deepEqual([lost, refused], [{}, 0], `nginx says:\n${nginx.output}`)
    })
  })
}
