import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import test from 'node:test'
import type { RequestRecord } from '#dist/types/record.js'
import { createWatch } from '#dist/watch/create-watch.js'
import { lineAt, until, WATCHED, watched } from '../support/watched.mjs'

for (const { name, framework } of WATCHED) {
  test(`${name}: a record says who asked what, which layers ran, and what was answered, without secrets`, async (t) => {
    const app = await watched(t, framework, (app, express) => {
      app.use(express.json())
      app.use(function requireUser(_req, _res, next) {
        next()
      })
      const router = express.Router()
      router.post('/things/:id', function createThing(_req, res) {
        res.status(201).cookie('sid', 'secret').set('X-API-Key', 'secret').json({ a: 1 })
      })
      app.use('/api', router)
    })
    await app.get('/api/things/7?token=secret', {
      method: 'POST',
      fields: {
        Authorization: 'Bearer secret',
        Cookie: 'sid=secret',
        'Content-Type': 'application/json',
        'X-A': 'b',
      },
      body: '{}',
    })
    const record = await app.over('/api/things/7?token=[redacted]')
    assert.deepEqual(
      [record.id, record.method, record.outcome, record.status, record.route, record.error],
      [1, 'POST', 'finished', 201, '/api/things/:id', null],
    )
    assert.ok(Math.abs(Date.now() - record.startedAt) < 60_000)
    assert.ok(record.durationMs! > 0)
    const sent = new Map(record.requestFields.map(([name, value]) => [name.toLowerCase(), value]))
    assert.equal(sent.get('authorization'), 'Bearer [redacted]')
    assert.equal(sent.get('cookie'), 'sid=[redacted]')
    assert.equal(sent.get('x-a'), 'b')
    const given = new Map(record.responseFields.map(([name, value]) => [name.toLowerCase(), value]))
    assert.equal(given.get('set-cookie'), 'sid=[redacted]; Path=/')
    assert.equal(given.get('x-api-key'), '[redacted]')
    assert.equal(given.get('content-type'), 'application/json; charset=utf-8')
    assert.deepEqual(
      record.runs.map(({ name, outcome }) => [name, outcome]),
      [
        ['jsonParser', 'next'],
        ['requireUser', 'next'],
        ['router', 'answered'],
        ['createThing', 'answered'],
      ],
    )
    assert.match(lineAt(record.runs[3]?.place), /function createThing/)
    assert.ok(!JSON.stringify(record).includes('secret'))
    assert.deepEqual(structuredClone(record), record)
  })

  test(`${name}: keeps as many requests as asked for, and no more than fit; those that run always`, async (t) => {
    const build = (app: { get(path: string, handler: unknown): unknown }): void => {
      app.get('/', (_req: never, res: { json(value: number): void }) => res.json(1))
      app.get('/runs', () => {})
    }
    const few = await watched(t, framework, build as never, { keep: 3 })
    few.begin('/runs')
    await until(() => few.watch.records().length === 1)
    for (let i = 0; i < 6; i++) await few.get(`/?${i}`)
    await few.over('/?5')
    assert.deepEqual(
      few.watch.records().map(({ url }) => url),
      ['/runs', '/?3', '/?4', '/?5'],
    )
    assert.equal(few.watch.record(1)?.outcome, 'running')
    assert.equal(few.watch.record(2), undefined)
    assert.equal(few.watch.record(7)?.url, '/?5')
    const small = await watched(t, framework, build as never, { keepBytes: 10_000 })
    for (let i = 0; i < 6; i++) await small.get(`/?${i}`, { fields: { 'X-Big': 'x'.repeat(3_000) } })
    await small.over('/?5')
    const kept = small.watch.records().map(({ url }) => url)
    assert.ok(kept.length > 0 && kept.length < 4, String(kept))
    assert.equal(kept.at(-1), '/?5')
  })

  test(`${name}: listeners hear of a request as it comes, goes on and ends; one that throws disturbs nobody`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.use((_req, _res, next) => next())
      app.get('/', (_req, res) => void res.json(1))
    })
    const seen: [RequestRecord['outcome'], number][] = []
    app.watch.subscribe(() => {
      throw new Error('broken')
    })
    const warning = once(process, 'warning')
    const stop = app.watch.subscribe(({ outcome, runs }) => seen.push([outcome, runs.length]))
    await app.get('/')
    await until(() => seen.at(-1)?.[0] === 'finished')
    await warning
    assert.deepEqual(seen[0], ['running', 0])
    assert.ok(seen.some(([outcome, runs]) => outcome === 'running' && runs === 1))
    assert.equal(seen.at(-1)?.[1], 2)
    stop()
    const before = seen.length
    await app.get('/')
    await until(() => app.watch.records().filter(({ outcome }) => outcome === 'finished').length === 2)
    assert.equal(seen.length, before)
  })

  test(`${name}: a request whose client went away is recorded as aborted`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.get('/', (req) => void req.socket.destroy())
    })
    await app.get('/').catch(() => {})
    const record = await app.over('/')
    assert.deepEqual([record.outcome, record.status], ['aborted', null])
  })

  test(`${name}: requests that are skipped, and those of another application, are not recorded`, async (t) => {
    const options = { skip: ({ url }: { url?: string | undefined }) => url === '/skipped' }
    const build = (app: { get(path: string, handler: unknown): unknown }): unknown =>
      app.get('/{*any}', (_req: never, res: { json(value: number): void }) => res.json(1))
    const app = await watched(t, framework, build as never, options)
    const other = await watched(t, framework, build as never)
    await app.get('/skipped')
    await other.get('/other')
    await app.get('/seen')
    await app.over('/seen')
    assert.deepEqual(
      app.watch.records().map(({ url }) => url),
      ['/seen'],
    )
  })

  test(`${name}: an application that is mounted in another one is watched once it is told of a request`, async (t) => {
    const inner = framework()
    const watch = createWatch(inner as never, { report() {} })
    t.after(() => watch.stop())
    inner.use((req, res, next) => {
      watch.adopt(req, res)
      next()
    })
    inner.get('/thing', function thing(_req, res) {
      res.json(1)
    })
    const app = await watched(t, framework, (app) => app.use('/inner', inner))
    assert.equal((await app.get('/inner/thing')).body, '1')
    const record = await until(() => watch.records().find(({ outcome }) => outcome === 'finished'))
    assert.equal(record.url, '/inner/thing')
    assert.ok(record.runs.some(({ name }) => name === 'thing'))
  })

  test(`${name}: stop() leaves no subscriber, no patch and no timer, and what was seen`, async (t) => {
    const channels = [
      'nozomi.request.start',
      'nozomi.layer.next',
      'tracing:nozomi.layer:start',
      'undici:request:create',
    ]
    const hasAny = (): boolean[] => channels.map((one) => channel(one).hasSubscribers)
    assert.deepEqual(hasAny(), [false, false, false, false])
    const warnings = process.listenerCount('warning')
    const app = await watched(t, framework, (app) => app.get('/', (_req, res) => void res.json(1)), {
      hung: { answerAfterMs: 60_000 },
    })
    assert.deepEqual(hasAny(), [true, true, true, true])
    const patched = Reflect.ownKeys(app.app.response)
    await app.get('/')
    await app.over('/')
    app.watch.stop()
    assert.deepEqual(hasAny(), [false, false, false, false])
    assert.equal(process.listenerCount('warning'), warnings)
    for (const method of ['end', 'write', 'writeHead', 'setHeader']) {
      assert.ok(patched.includes(method))
      assert.equal(Object.hasOwn(app.app.response, method), false, method)
    }
    assert.equal(Object.hasOwn(app.app.request, 'signal'), false)
    assert.equal((await app.get('/')).status, 200)
    assert.equal(app.watch.records().length, 1)
    app.watch.stop()
  })
}
