import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { Readable } from 'node:stream'
import test from 'node:test'
import type { Incident } from '#dist/types/record.js'
import { lineAt, until, WATCHED, watched } from '../support/watched.mjs'

type Handler = (req: never, res: never, next: () => void) => unknown
type Response = import('node:http').ServerResponse & { json(value: unknown): void }

const HUNG = { hung: { afterMs: 60 } }
const nobody = new EventEmitter()

/** Six ways to leave a request without an answer. */
const HANGS: Record<string, Handler> = {
  forgetsNext: function forgetsNext() {
    // The last line, `next()`, is missing.
  },
  awaitsForever: async function awaitsForever(_req: never, res: Response) {
    res.json(await new Promise(() => {}))
  },
  losesCallback: function losesCallback(_req: never, res: Response) {
    const load = (done: (value: unknown) => void) => void done
    load((value) => res.json(value))
  },
  neverEndsStream: function neverEndsStream(_req: never, res: Response) {
    const source = new Readable({ read() {} })
    source.push('the beginning')
    source.pipe(res)
  },
  returnsEarly: function returnsEarly(req: { query: { id?: string } }, res: Response) {
    if (req.query.id === undefined) return
    res.json(req.query.id)
  } as Handler,
  waitsForEvent: async function waitsForEvent(_req: never, res: Response) {
    const [value] = (await once(nobody, 'never')) as [unknown]
    res.json(value)
  },
}

for (const { name, framework } of WATCHED) {
  for (const [kind, handler] of Object.entries(HANGS)) {
    test(`${name}: names the handler that ${kind}`, async (t) => {
      const app = await watched(
        t,
        framework,
        (app, express) => {
          app.use(function before(_req, _res, next) {
            next()
          })
          const router = express.Router()
          router.get('/things/:id', handler as never)
          app.use('/api', router)
        },
        HUNG,
      )
      app.begin('/api/things/7?token=abc')
      const incident = await app.incident(({ kind }) => kind === 'hung')
      assert.match(lineAt(incident.places[0]?.place), new RegExp(`function ${kind}`))
      assert.match(
        incident.message,
        new RegExp(`the handler '${kind}' \\(.*hung\\.test\\.m[jt]s:\\d+:\\d+\\)`),
      )
      assert.match(
        incident.message,
        /^GET \/api\/things\/7\?token=\[redacted\] has had no answer for \d+ m?s: /,
      )
      assert.match(incident.message, /Before it ran the middleware 'before' \(.*hung\.test/)
      assert.equal(incident.route, '/api/things/:id')
      assert.deepEqual([incident.method, incident.url], ['GET', '/api/things/7?token=[redacted]'])
      const [record] = app.watch.records()
      assert.equal(record?.outcome, 'running')
      assert.deepEqual(
        record?.incidents.map(({ kind }) => kind),
        ['hung'],
      )
    })
  }

  test(`${name}: says what the handler that hangs did before`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        for (const [path, handler] of Object.entries(HANGS)) app.get(`/${path}`, handler as never)
      },
      HUNG,
    )
    const expected = {
      forgetsNext: /returned, and neither answered nor called next\(\); nothing that it started is left/,
      awaitsForever: /waits for a promise that does not settle/,
      neverEndsStream: /began the answer .*and has not ended it/,
    }
    for (const [kind, message] of Object.entries(expected)) {
      app.begin(`/${kind}`)
      const incident = await app.incident(({ url }) => url === `/${kind}`)
      assert.match(incident.message, message)
    }
  })

  test(`${name}: reports a place once, and counts how often it hung`, async (t) => {
    const app = await watched(t, framework, (app) => app.get('/hang', function hangs() {}), HUNG)
    for (let i = 0; i < 3; i++) app.begin('/hang')
    const [incident] = await until(
      () => app.watch.incidents().find(({ count }) => count === 3) && app.watch.incidents(),
    )
    assert.equal(app.reported.length, 1)
    assert.equal(app.watch.incidents().length, 1)
    assert.equal(incident?.count, 3)
    assert.deepEqual(
      app.watch.records().map(({ incidents }) => incidents[0]?.count),
      [1, 2, 3],
    )
  })

  test(`${name}: names a callback of param() and an error handler that hang`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        app.param('id', function loadsForever() {})
        app.get('/things/:id', (_req, res) => res.end())
        app.get('/fails', () => {
          throw new Error('no')
        })
        app.use(function swallows(_error: unknown, _req: unknown, _res: unknown, _next: unknown) {} as never)
      },
      HUNG,
    )
    app.begin('/things/1')
    app.begin('/fails')
    const param = await app.incident(({ message }) => message.includes("callback of param() 'loadsForever'"))
    assert.match(lineAt(param.places[0]?.place), /function loadsForever/)
    const failed = await app.incident(({ message }) => message.includes("error handler 'swallows'"))
    assert.match(lineAt(failed.places[0]?.place), /function swallows/)
  })

  test(`${name}: a report that throws or rejects does not end the process`, async (t) => {
    const seen: Incident[] = []
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/one', () => {})
        app.get('/two', () => {})
        app.get('/ok', (_req, res) => res.json(1))
      },
      {
        ...HUNG,
        report(incident) {
          seen.push(incident)
          if (seen.length === 1) throw new Error('the reporter is broken')
          return Promise.reject(new Error('and its promise too'))
        },
      },
    )
    const warning = once(process, 'warning') as Promise<[Error & { code?: string }]>
    app.begin('/one')
    await until(() => seen.length === 1)
    app.begin('/two')
    await until(() => seen.length === 2)
    assert.equal((await app.get('/ok')).body, '1')
    const [said] = await warning
    assert.equal(said.code, 'INSIGHT_FAILED')
  })
}
