import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { insight, type InsightOptions } from '#dist/insight.js'
import type { Detail, Routes, State, Summary, WireExplained } from '#dist/inspector/wire.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { ask } from './asking.mjs'

/*
 * The inspector of applications as people have them, with nothing faked: what is watched, read and found is shown.
 */

type Framework = (typeof FRAMEWORKS)[number]['framework']

/** Sources are mapped: this file is shown as it was written. */
const ROOT = dirname(fileURLToPath(new URL('../../../test/inspector/insight.test.mts', import.meta.url)))

async function open(t: TestContext, framework: Framework, options: InsightOptions = {}) {
  // What the audit prints is not what is tested here.
  t.mock.method(console, 'warn', () => {})
  const app = framework()
  const middleware = insight(app, {
    report: () => undefined,
    audit: { ignore: [] },
    inspector: { root: ROOT },
    ...options,
  })
  app.use(middleware)
  addRoutes(app, framework)
  const server = app.listen(0)
  await once(server, 'listening')
  t.after(() => {
    middleware.stop()
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const get = async <T,>(path: string): Promise<T> =>
    (await ask(`${origin}/_inspector/api/${path}`)).json() as T
  /** The request for that path, once it is as it should be. */
  const seen = async (url: string, isIt: (request: Summary) => boolean): Promise<Detail> => {
    for (;;) {
      const { requests } = await get<State>('state')
      const found = requests.find((request) => request.url === url && isIt(request))
      if (found !== undefined) return get<Detail>(`requests/${found.id}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { origin, get, seen }
}

function addRoutes(app: ReturnType<Framework>, framework: Framework): void {
  const orders = framework.Router()
  app.use('/api/orders', orders)
  app.use(framework.json())
  orders.use(function mustBeSignedIn(_req, _res, next) {
    next()
  })
  orders.get('/:id', async function showOrder(req, res) {
    await new Promise((resolve) => setImmediate(resolve))
    if (req.params['id'] === '13') throw new TypeError('there is no such order')
    res.json({ id: req.params['id'] })
  })
  orders.post('/', function placeOrder(req, res) {
    res.status(201).json(req.body ?? null)
  })
  app.get('/forgets', function forgets() {})
  app.get('/api/orders/:id', function shadowed(_req, res) {
    res.json({})
  })
}

const isOver = ({ outcome }: Summary): boolean => outcome === 'finished'

for (const { name, framework } of FRAMEWORKS) {
  describe(`the inspector of an application with insight(), on ${name}`, () => {
    it('shows a request with its layers, nested as they ran, and without its secrets', async (t) => {
      const { origin, seen, get } = await open(t, framework)
      const headers = { authorization: 'Bearer abcdef', cookie: 'sid=123456', 'x-tenant': 'acme' }
      assert.equal((await ask(`${origin}/api/orders/7`, { headers })).text, '{"id":"7"}')
      const detail = await seen('/api/orders/7', isOver)
      const runs = detail.runs.filter(({ name: run }) => ['mustBeSignedIn', 'showOrder'].includes(run))
      assert.deepEqual(
        runs.map(({ name: run, depth, outcome }) => [run, depth, outcome]),
        [
          ['mustBeSignedIn', 1, 'next'],
          ['showOrder', 1, 'answered'],
        ],
      )
      assert.match(runs[1]?.place ?? '', /^insight\.test\.mts:\d+:\d+$/)
      assert.equal(detail.route, '/api/orders/:id')
      const shown = JSON.stringify(detail)
      assert.ok(shown.includes('acme'))
      assert.ok(!shown.includes('abcdef') && !shown.includes('123456'))
      assert.deepEqual(await get('search?q=x-tenant:%20acme'), { ids: [detail.id] })
    })

    it('shows an error with the line that threw it', async (t) => {
      const { origin, seen } = await open(t, framework)
      await ask(`${origin}/api/orders/13`)
      const detail = await seen('/api/orders/13', isOver)
      assert.equal(detail.status, 500)
      assert.equal(detail.failure?.name, 'TypeError')
      const { frame } = detail.failure
      assert.match(
        frame?.lines[frame.line - frame.from] ?? '',
        /throw new TypeError\('there is no such order'\)/,
      )
      assert.match(
        detail.test,
        /assert\.notEqual\(answer\.status, 500\) \/\/ TypeError: there is no such order/,
      )
    })

    it('shows what hangs, and the source of the handler that forgot the request', async (t) => {
      const { origin, seen, get } = await open(t, framework, { hung: { afterMs: 50 } })
      const forgotten = ask(`${origin}/forgets`).catch(() => undefined)
      const detail = await seen('/forgets', ({ incidents }) => incidents.includes('hung'))
      assert.equal(detail.outcome, 'running')
      const place = detail.found[0]?.places[0]?.place ?? ''
      const frame = await get<{ lines: string[]; line: number; from: number }>(
        `frame?place=${encodeURIComponent(place)}`,
      )
      assert.match(frame.lines[frame.line - frame.from] ?? '', /function forgets\(\) \{\}/)
      assert.equal((await get<State>('state')).incidents[0]?.kind, 'hung')
      t.after(() => forgotten)
    })

    it('shows the layers with what the audit found, and explains a request', async (t) => {
      const { get } = await open(t, framework)
      const { layers, findings } = await get<Routes>('routes')
      const router = layers.find(({ kind }) => kind === 'router')
      assert.deepEqual(
        router?.children.flatMap(({ fullPaths }) => fullPaths),
        ['/api/orders', '/api/orders/:id', '/api/orders'],
      )
      const parser = layers.find((layer) => layer.name === 'jsonParser')
      assert.deepEqual(
        parser?.findings.map((index) => findings[index]?.rule),
        ['body-parser-after-route'],
      )
      const explained = await get<WireExplained>('explain?method=GET&url=/api/orders/42')
      const answers = explained.steps.find(({ verdict }) => verdict === 'answers')
      assert.deepEqual([answers?.name, answers?.params], ['showOrder', [['id', '42']]])
      const lost = await get<WireExplained>('explain?method=GET&url=/api/order/42')
      assert.equal(lost.status, 404)
      assert.equal(lost.nearest[0]?.instead, '/api/orders/42')
      const odd = await ask(`${(await open(t, framework)).origin}/_inspector/api/explain?method=G.T&url=/`)
      assert.equal(odd.status, 400)
    })
  })
}
