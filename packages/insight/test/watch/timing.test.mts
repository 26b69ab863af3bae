import assert from 'node:assert/strict'
import test from 'node:test'
import { lineAt, WATCHED, watched } from '../support/watched.mjs'

function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

for (const { name, framework } of WATCHED) {
  test(`${name}: Server-Timing names each layer before the head leaves, behind what the application says`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app, express) => {
        app.use(function first(_req, res, next) {
          res.set('Server-Timing', 'db;dur=5')
          next()
        })
        const router = express.Router()
        const odd = {
          'is "odd"; b=1,\r\nx'(_req: never, _res: never, next: () => void) {
            next()
          },
        }
        router.use(Object.values(odd)[0] as never)
        router.get('/json', function answers(_req, res) {
          res.json(1)
        })
        router.get('/head', (_req, res) => void res.writeHead(200, { 'X-A': 'b' }).end('b'))
        router.get('/stream', (_req, res) => {
          res.write('a')
          res.end('b')
        })
        router.get('/flush', (_req, res) => {
          res.flushHeaders()
          res.end('b')
        })
        app.use('/api', router)
      },
      { timing: { serverTiming: true } },
    )
    const own = String.raw`first;dur=\d+\.\d, is_odd_b_1_x;dur=\d+\.\d, `
    const answer = await app.get('/api/json')
    assert.match(
      String(answer.fields['server-timing']),
      new RegExp(`^db;dur=5, ${own}answers;dur=\\d+\\.\\d, total;dur=\\d+\\.\\d$`),
    )
    for (const path of ['/api/head', '/api/stream', '/api/flush']) {
      const { fields } = await app.get(path)
      assert.match(
        String(fields['server-timing']),
        new RegExp(`^db;dur=5, ${own}anonymous;dur=\\S+ total;dur=\\S+$`),
        path,
      )
    }
    assert.match(String((await app.get('/nothing')).fields['server-timing']), /total;dur=/)
  })

  test(`${name}: Server-Timing goes to whom the function says, and to nobody by default`, async (t) => {
    const build = (app: {
      get(path: string, handler: (req: never, res: { json(v: number): void }) => void): unknown
    }) => app.get('/', (_req, res) => res.json(1))
    const asked = await watched(t, framework, build as never, {
      timing: { serverTiming: (req) => req.headers['x-timing'] === 'yes' },
    })
    assert.ok((await asked.get('/', { fields: { 'X-Timing': 'yes' } })).fields['server-timing'])
    assert.equal((await asked.get('/')).fields['server-timing'], undefined)
    const silent = await watched(t, framework, build as never)
    assert.equal((await silent.get('/')).fields['server-timing'], undefined)
  })

  test(`${name}: the time of a layer is its own, without what runs behind next()`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app, express) => {
        app.use(function quick(_req, _res, next) {
          next()
        })
        const router = express.Router()
        router.get('/', function slow(_req, res) {
          setTimeout(() => res.json(1), 120)
        })
        app.use('/api', router)
      },
      { timing: { serverTiming: true } },
    )
    const { fields } = await app.get('/api')
    const timing = Object.fromEntries(
      String(fields['server-timing'])
        .split(', ')
        .map((one) => one.split(';dur=')),
    ) as Record<string, string>
    assert.ok(Number(timing['slow']) >= 100, fields['server-timing'] as string)
    assert.ok(Number(timing['quick']) < Number(timing['slow']), fields['server-timing'] as string)
    const record = await app.over('/api')
    assert.deepEqual(
      record.runs.map(({ name, kind, depth, outcome, baseUrl }) => [name, kind, depth, outcome, baseUrl]),
      [
        ['quick', 'middleware', 0, 'next', ''],
        ['router', 'router', 0, 'answered', '/api'],
        ['slow', 'handler', 1, 'answered', '/api'],
      ],
    )
    const [quick, , slow] = record.runs
    assert.ok(quick!.endMs! <= slow!.startMs)
    assert.ok(slow!.returnMs! < slow!.endMs!)
    assert.equal(record.route, '/api')
  })

  test(`${name}: names the layer that blocks the event loop, and none that only waited for it`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        app.use(function innocent(_req, _res, next) {
          next()
        })
        app.get('/now', function hashesPasswords(_req, res) {
          block(350)
          res.json(1)
        })
        app.get('/timer', function blocksInTimer(_req, res) {
          setTimeout(() => {
            block(350)
            res.json(1)
          }, 1)
        })
        app.get('/await', async function blocksAfterAwait(_req, res) {
          await Promise.resolve()
          await new Promise((resolve) => setImmediate(resolve))
          block(350)
          res.json(1)
        })
        app.get('/next', async function waitsThenGoesOn(_req, _res, next) {
          await new Promise((resolve) => setImmediate(resolve))
          next()
        })
        app.get('/next', function blocksBehindNext(_req, res) {
          block(350)
          res.json(1)
        })
      },
      { blockedMs: 300 },
    )
    for (const [path, handler] of [
      ['/now', 'hashesPasswords'],
      ['/timer', 'blocksInTimer'],
      ['/await', 'blocksAfterAwait'],
      ['/next', 'blocksBehindNext'],
    ] as const) {
      await app.get(path)
      const incident = await app.incident(({ kind, url }) => kind === 'event-loop-blocked' && url === path)
      assert.match(lineAt(incident.places[0]?.place), new RegExp(`function ${handler}`))
      const who = path === '/now' || path === '/next' ? 'The' : 'A callback of the'
      assert.match(
        incident.message,
        new RegExp(
          `^${who} handler '${handler}' \\(.*\\) blocked the event loop for \\d+ m?s while it served GET ${path}; `,
        ),
      )
    }
    const blamed = app.reported.filter(({ kind }) => kind === 'event-loop-blocked').map(({ url }) => url)
    assert.deepEqual(blamed, ['/now', '/timer', '/await', '/next'])
  })
}
