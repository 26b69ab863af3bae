import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { describe, it } from 'node:test'
import { type VersionUse, version, versions } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { ask } from './ask.mjs'

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const routes = () => {
    const router = express.Router()
    // Who asks is known only behind this.
    router.use((req, _res, next) => {
      Object.assign(req, { user: req.get('x-key') })
      next()
    })
    router.get('/users', (_req, res) => {
      res.status(203).json('users')
    })
    return router
  }
  const consumer = (req: any) => req.user ?? (req.get('x-key') && `key ${req.get('x-key')}`)

  describe(`${framework}: the use of versions`, () => {
    it('is counted by consumer, also of requests that were refused', async (t) => {
      let now = 1000
      const sunset = new Date(5000)
      const all = versions(
        [version('v1', routes(), { sunset, afterSunset: 'gone' }), version('v2', routes())],
        { consumer, now: () => now },
      )
      const app = express()
      app.use('/api', all)
      const origin = await serving(t, app)
      await ask(origin, '/api/v1/users', { 'x-key': 'ann' })
      now = 2000
      await ask(origin, '/api/v1/users', { 'x-key': 'ann' })
      await ask(origin, '/api/v2/users', { 'x-key': 'bob' })
      await ask(origin, '/api/v2/nothing')
      now = 6000
      await ask(origin, '/api/v1/users', { 'x-key': 'ann' })
      await ask(origin, '/api/v3/users', { 'x-key': 'ann' })
      await ask(origin, '/api/health', { 'x-key': 'ann' })
      const [one, refused, bob, nobody, ...rest] = all.usage()
      const times = (first: number, last: number) => ({ first: new Date(first), last: new Date(last) })
      assert.deepEqual(one, { version: 'v1', consumer: 'ann', count: 2, refused: 0, ...times(1000, 2000) })
      // Its routes, which know who it is, were not asked.
      assert.deepEqual(refused, {
        version: 'v1',
        consumer: 'key ann',
        count: 1,
        refused: 1,
        ...times(6000, 6000),
      })
      assert.deepEqual(bob, { version: 'v2', consumer: 'bob', count: 1, refused: 0, ...times(2000, 2000) })
      assert.deepEqual(nobody, { version: 'v2', consumer: null, count: 1, refused: 0, ...times(2000, 2000) })
      assert.deepEqual(rest, [])
    })

    it('is told of each request', async (t) => {
      const uses: VersionUse[] = []
      const brownouts = [{ from: new Date(5000), until: new Date(6000) }]
      let now = 0
      const app = express()
      const options = { consumer, brownouts, now: () => now, onUse: (use: VersionUse) => void uses.push(use) }
      app.use(version('v1', routes(), options))
      const origin = await serving(t, app)
      await ask(origin, '/v1/users?x', { 'x-key': 'ann' })
      now = 5500
      await ask(origin, '/v1/users')
      const told = uses.map(({ req, ...use }) => ({ ...use, url: req.originalUrl }))
      assert.deepEqual(told, [
        { version: 'v1', consumer: 'ann', outcome: 'served', status: 203, url: '/v1/users?x' },
        { version: 'v1', consumer: null, outcome: 'brownout', status: 410, url: '/v1/users' },
      ])
    })

    it('is counted by name for so many consumers; those seen longest ago are counted together', async (t) => {
      const one = version('v1', routes(), { consumer, maxConsumers: 2 })
      const app = express()
      app.use(one)
      const origin = await serving(t, app)
      for (const key of ['a', 'b', 'c', 'b', 'x'.repeat(5000)]) {
        await ask(origin, '/v1/users', { 'x-key': key })
      }
      const counts = one.usage().map((usage) => [usage.consumer?.slice(0, 201), usage.count])
      assert.deepEqual(counts, [
        ['b', 2],
        ['(others)', 2],
        ['x'.repeat(200), 1],
      ])
    })

    it('brings no request to fall when it fails', async (t) => {
      for (const options of [
        {
          consumer: () => {
            throw new Error('no name')
          },
        },
        {
          onUse: async () => {
            throw new Error('no store')
          },
        },
      ]) {
        const one = version('v1', routes(), options)
        const app = express()
        app.use(one)
        const origin = await serving(t, app)
        const warned = once(process, 'warning')
        assert.equal((await ask(origin, '/v1/users')).status, 203)
        const [warning] = (await warned) as [Error]
        assert.match(warning.message, /^`(?:consumer|onUse)` of version v1 failed: Error: no (?:name|store)/)
        assert.equal(one.usage()[0]?.count, 1)
      }
    })

    it('is counted when the client goes away', async (t) => {
      const events = new EventEmitter()
      const told = once(events, 'use')
      const asked = once(events, 'asked')
      const app = express()
      const onUse = (use: VersionUse) => void events.emit('use', use)
      app.use(version('v1', (() => events.emit('asked')) as any, { onUse }))
      const origin = await serving(t, app)
      const leaving = new AbortController()
      const failed = fetch(`${origin}/v1/users`, { signal: leaving.signal }).catch(
        (error: Error) => error.name,
      )
      await asked
      leaving.abort()
      assert.equal(await failed, 'AbortError')
      const [use] = (await told) as [VersionUse]
      assert.equal(use.outcome, 'served')
    })
  })
}
