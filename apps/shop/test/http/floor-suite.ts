import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { asFunction } from 'awilix'
import type { Log } from '#shop/platform/log/log.js'
import type { AnyModule, ShopModule } from '#shop/modules/module.js'
import { assertProblem } from '../catalogue/products.js'
import { memoryStorage } from '../support/storages.js'
import { asPrincipal, TestAuthenticator } from '../support/test-authenticator.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

interface ProbeCradle {
  /** One a request. */
  readonly visit: { readonly number: number; readonly requestId: string; readonly log: Log }
}

/** A module with one of everything. */
async function createProbe(happened: string[]): Promise<AnyModule> {
  const { createRouter } = await import('#shop/http/framework.js')
  const { jsonBody } = await import('#shop/http/input/json-body.js')
  const { principalOf, requirePermission, requireUser } = await import('#shop/http/principal.js')
  const { currentContext, fromScope } = await import('#shop/http/request-context.js')
  let visits = 0
  const router = createRouter()
  router.get('/guest', (_req, res) => res.json({ guest: true }))
  router.get('/who', async (req, res) => {
    const [first, second] = [await principalOf(req), await principalOf(req)]
    res.json({ name: first?.name ?? null, same: first === second, fields: currentContext()?.logFields })
  })
  router.get('/user', requireUser, (_req, res) => res.json({ ok: true }))
  router.get('/orders', requirePermission('orders:write'), (_req, res) => res.json({ ok: true }))
  router.post('/context', ...jsonBody, (req, res) => {
    setImmediate(() => res.json({ id: currentContext()?.requestId, body: req.body }))
  })
  const twice = fromScope<ProbeCradle>(({ visit }) => (_req, res, next) => {
    res.locals.first = visit
    next()
  })
  router.get(
    '/visit',
    twice,
    fromScope<ProbeCradle>(({ visit }) => (_req, res) => {
      res.json({ number: visit.number, id: visit.requestId, same: res.locals.first === visit })
    }),
  )
  const second = createRouter()
  second.get('/guest', (_req, res) => res.json({ version: 2 }))
  const probe: ShopModule<ProbeCradle> = {
    name: 'probe',
    register: () => ({
      visit: asFunction(({ requestId, log }: { requestId: string; log: Log }) => ({
        number: ++visits,
        requestId,
        log,
      })).scoped(),
    }),
    middleware: () => [(_req, res, next) => void (res.set('X-Probe', 'yes'), next())],
    api: () => [
      { path: '/probe', versions: ['v1'], router },
      { path: '/probe', versions: ['v2'], router: second },
    ],
    site: () => [{ path: '/probe', router }],
    healthChecks: () => [{ name: 'probe', check: async () => {} }],
    workers: () =>
      ['a', 'b'].map((name) => ({
        name,
        start: async (server) => void happened.push(`start ${name} ${server.listening}`),
        drain: async () => void happened.push(`drain ${name}`),
        stop: async () => void happened.push(`stop ${name}`),
      })),
  }
  return probe
}

/** What src/http and src/start give to every module. */
export function describeFloor(framework: Framework): void {
  describe(`the shared floor on ${framework}`, () => {
    const happened: string[] = []
    const authenticator = new TestAuthenticator()
    let shop: TestShop

    before(async () => {
      // First of all, since it chooses the framework.
      process.env.FRAMEWORK = framework
      const modules = [await createProbe(happened)]
      shop = await testShop({ modules, storage: memoryStorage(), framework, replaced: { authenticator } })
    })

    after(() => shop?.stop())

    const ask: TestShop['ask'] = (path, options) => shop.ask(path, options)

    it('hangs the routes of modules into the versions that they name, and beside the API', async () => {
      assert.deepEqual((await ask('/api/v1/probe/guest')).json, { guest: true })
      assert.deepEqual((await ask('/api/v2/probe/guest')).json, { version: 2 })
      assert.deepEqual((await ask('/probe/guest')).json, { guest: true })
      assert.equal((await ask('/probe/guest')).headers.get('x-probe'), 'yes')
      assertProblem(await ask('/api/v2/probe/user'), 404, 'unknown-route')
      assertProblem(await ask('/api/v1/products'), 404, 'unknown-route')
    })

    it('gives each request an id, the client’s own if it is a decent one', async () => {
      const sent = await ask('/probe/guest', { headers: { 'X-Request-Id': 'abc-12345' } })
      assert.equal(sent.headers.get('x-request-id'), 'abc-12345')
      for (const bad of ['short', 'x'.repeat(65), 'with space', 'a"b{c}<d>']) {
        const { headers } = await ask('/probe/guest', { headers: { 'X-Request-Id': bad } })
        assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
      }
    })

    it('keeps the context of the request after its body was read', async () => {
      const headers = { 'X-Request-Id': 'body-was-read' }
      const { json } = await ask('/probe/context', { method: 'POST', headers, json: { a: 1 } })
      assert.deepEqual(json, { id: 'body-was-read', body: { a: 1 } })
    })

    it('makes what is scoped once a request', async () => {
      const [first, second] = [await ask('/probe/visit'), await ask('/probe/visit')]
      assert.deepEqual([first.json.same, second.json.same], [true, true])
      assert.equal(second.json.number, first.json.number + 1)
      assert.equal(second.json.id, second.headers.get('x-request-id'))
    })

    it('asks who asks once, and only when somebody wants to know', async () => {
      const asked = authenticator.asked
      await ask('/probe/guest', { headers: asPrincipal() })
      assert.equal(authenticator.asked, asked)
      const { json } = await ask('/probe/who', {
        headers: { ...asPrincipal(), 'X-Request-Id': 'who-asks-1' },
      })
      const fields = { requestId: 'who-asks-1', user: 'test-user' }
      assert.deepEqual(json, { name: 'Ada Test', same: true, fields })
      assert.equal(authenticator.asked, asked + 1)
      assert.equal((await ask('/probe/who')).json.name, null)
    })

    it('answers guests with 401 and how to sign in, users without the permission with 403', async () => {
      for (const path of ['/probe/user', '/probe/orders']) {
        const answer = await ask(path)
        assertProblem(answer, 401, 'unauthenticated')
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="shop"')
      }
      assert.equal((await ask('/probe/user', { headers: asPrincipal() })).status, 200)
      const refused = await ask('/probe/orders', { headers: asPrincipal({ permissions: ['orders:read'] }) })
      assertProblem(refused, 403, 'forbidden')
      assert.match(refused.json.detail, /orders:write/)
      const allowed = await ask('/probe/orders', { headers: asPrincipal({ permissions: ['orders:write'] }) })
      assert.equal(allowed.status, 200)
    })

    it('gathers the health checks of the platform and the modules', async () => {
      const { healthChecks } = shop.cradle
      assert.deepEqual(
        healthChecks.map(({ name }) => name),
        ['storage', 'state', 'events', 'probe'],
      )
      for (const { check } of healthChecks) await check()
    })

    it('starts workers with the server, and stops them in turn', async () => {
      const own: string[] = []
      const modules = [await createProbe(own)]
      const other = await testShop({ modules, storage: memoryStorage(), framework })
      await other.stop()
      assert.deepEqual(own, ['start a true', 'start b true', 'drain b', 'drain a', 'stop b', 'stop a'])
    })
  })
}
