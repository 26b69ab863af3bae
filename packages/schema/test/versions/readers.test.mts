import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explain, routes } from '@nozomi/insight'
import { version, versions } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const pattern = ({ method, pattern: path }: { method: string; pattern: string }) => `${method} ${path}`

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const router = () => {
    const users = express.Router()
    users.get('/:id', (_req, res) => {
      res.end()
    })
    const all = express.Router()
    all.use('/users', users)
    return all
  }

  describe(`${framework}: who reads an application`, () => {
    it('finds the routes of versions behind their paths', () => {
      const app = express()
      const deprecated = new Date('2026-01-01')
      app.use('/api', version('v1', router(), { deprecated }), version('v2', router()))
      app.use(
        '/all',
        versions([version('v3', router()), version('v4', router())], { by: ['path', 'header'] }),
      )
      app.get('/health', (_req, res) => {
        res.end()
      })
      assert.deepEqual(routes(app).map(pattern), [
        'GET /api/v1/users/:id',
        'GET /api/v2/users/:id',
        'GET /all/v3/users/:id',
        'GET /all/v4/users/:id',
        'GET /health',
      ])
    })

    it('sees that a version is deprecated before its routes, and before no other ones', () => {
      const app = express()
      const old = version('v1', router(), { deprecated: new Date('2026-01-01') })
      app.use('/api', old, version('v2', router()))
      const before = routes(app).map(({ middleware }) => middleware.map(({ name }) => name))
      assert.deepEqual(before, [['announceDeprecation'], []])
      const [layer] = old.stack
      const { '~contract': attached } = layer!.handle as unknown as {
        '~contract': { contract: object }
      }
      assert.deepEqual(attached.contract, { deprecated: true })
    })

    it('finds them at the mount where fields choose', () => {
      const app = express()
      app.use('/api', versions([version('v1', router())], { by: 'header' }))
      assert.deepEqual(routes(app).map(pattern), ['GET /api/users/:id'])
    })

    it('is told the way of a request', () => {
      const app = express()
      app.use('/api', version('v1', router()), version('v2', router(), { default: true }))
      const wayOf = (path: string) =>
        explain(app, 'GET', path)
          .layers.filter(({ kind, verdict }) => kind === 'route' && verdict === 'runs')
          .map((layer) => [layer.pattern, layer.baseUrl])
      assert.deepEqual(wayOf('/api/v1/users/7'), [['/api/v1/users/:id', '/api/v1/users']])
      assert.deepEqual(wayOf('/api/V2/users/7'), [['/api/v2/users/:id', '/api/V2/users']])
      assert.deepEqual(wayOf('/api/users/7'), [['/api/v2/users/:id', '/api/users']])
      assert.deepEqual(wayOf('/api/v3/users/7'), [])
    })

    it('may replace the handler of a layer', async () => {
      const handler: any = () => {}
      const one = version('v1', handler)
      let ran = false
      for (const layer of one.stack) {
        layer.handle = (() => {
          ran = true
        }) as never
      }
      const res: any = { once: () => res, vary: () => res }
      one({ url: '/v1/users', headers: {}, baseUrl: '' } as any, res, () => {})
      assert.ok(ran)
    })
  })
}
