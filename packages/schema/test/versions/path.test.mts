import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { version, versionOf, versions } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { ask, askTarget } from './ask.mjs'

for (const { name: framework, framework: express } of FRAMEWORKS) {
  /** A router that answers with what it saw, under a name. */
  const routerNamed = (name: string) => {
    const router = express.Router({ mergeParams: true })
    router.get('/users{/:id}', (req, res) => {
      const { url, baseUrl, originalUrl, params, query } = req
      res.json({ name, url, baseUrl, originalUrl, params, query, version: versionOf(req) })
    })
    router.get('/failing', () => {
      throw new Error('it failed')
    })
    return router
  }
  const start = (t: TestContext, ...handlers: any[]) => {
    const app = express()
    app.set('env', 'test')
    app.use('/api', ...handlers)
    app.use((req, res) => {
      res.status(404).json({ left: req.url, baseUrl: req.baseUrl, version: versionOf(req) ?? null })
    })
    app.use((error: Error, req: any, res: any, _next: any) => {
      res
        .status(500)
        .json({ message: error.message, url: req.url, baseUrl: req.baseUrl, version: versionOf(req) })
    })
    return serving(t, app)
  }
  const two = () => [version('v1', routerNamed('first')), version('v2', routerNamed('second'))]

  describe(`${framework}: a version in the path`, () => {
    it('gets its requests, with the segment cut off the url and put to baseUrl', async (t) => {
      const origin = await start(t, ...two())
      const { json } = await ask(origin, '/api/v2/users/7?a=1')
      assert.deepEqual(json, {
        name: 'second',
        url: '/users/7?a=1',
        baseUrl: '/api/v2',
        originalUrl: '/api/v2/users/7?a=1',
        params: { id: '7' },
        query: { a: '1' },
        version: 'v2',
      })
      assert.equal((await ask(origin, '/api/v1/users')).json.name, 'first')
    })

    it('sees the parameters of the path that it is mounted on', async (t) => {
      const app = express()
      app.use('/:tenant/api', (req, res, next) => version('v1', routerNamed('first'))(req, res, next))
      const { json } = await ask(await serving(t, app), '/acme/api/v1/users/7')
      assert.deepEqual(json.params, { tenant: 'acme', id: '7' })
    })

    it('is found in any case, unless paths are case sensitive', async (t) => {
      const origin = await start(t, ...two())
      assert.equal((await ask(origin, '/api/V2/users')).json.baseUrl, '/api/V2')
      const app = express()
      app.enable('case sensitive routing')
      app.use('/api', version('v1', routerNamed('first')))
      const sensitive = await serving(t, app)
      assert.equal((await ask(sensitive, '/api/v1/users')).status, 200)
      assert.equal((await ask(sensitive, '/api/V1/users')).status, 404)
    })

    it('is a whole segment', async (t) => {
      const origin = await start(t, ...two())
      for (const path of ['/api/v11/users', '/api/v1.5/users', '/api/v1-users', '/api/xv1/users', '/api']) {
        assert.equal((await ask(origin, path)).status, 404, path)
      }
    })

    it('is mounted without a path, too, and at its root', async (t) => {
      const router = express.Router()
      router.get('/', (req, res) => {
        res.json([req.url, req.baseUrl])
      })
      const app = express()
      app.use(version('v1', router))
      const origin = await serving(t, app)
      assert.deepEqual((await ask(origin, '/v1')).json, ['/', '/v1'])
      assert.deepEqual((await ask(origin, '/v1?x')).json, ['/?x', '/v1'])
      assert.deepEqual((await ask(origin, '/v1/')).json, ['/', '/v1'])
    })

    it('is found where the request names its whole address', async (t) => {
      const origin = await start(t, ...two())
      const { baseUrl, name } = JSON.parse(await askTarget(origin, `${origin}/api/v2/users?x=/v1`))
      assert.deepEqual([name, baseUrl], ['second', '/api/v2'])
    })

    it('gives back what its routes do not answer, as it came', async (t) => {
      const origin = await start(t, ...two())
      for (const url of ['/api/v1/nothing?x', '/api/v1', '/api/v1?x', '/api/v1/']) {
        const { status, json } = await ask(origin, url)
        assert.deepEqual([status, json], [404, { left: url, baseUrl: '', version: null }])
      }
    })

    it('gives back to what called it, too', async (t) => {
      const one = version('v1', routerNamed('first'))
      const origin = await start(t, (req: any, res: any, next: any) =>
        one(req, res, () => {
          res.json([req.url, req.baseUrl, next === undefined])
        }),
      )
      assert.deepEqual((await ask(origin, '/api/v1/nothing')).json, ['/v1/nothing', '/api', false])
    })

    it('gives back errors, thrown, passed on or rejected, with the url as it came', async (t) => {
      const thrown: any = () => {
        throw new Error('thrown')
      }
      const rejected: any = async () => {
        throw new Error('rejected')
      }
      const passed: any = (_req: any, _res: any, next: any) => next(new Error('passed'))
      const handlers = [version('v1', thrown), version('v2', rejected), version('v3', passed)]
      const origin = await start(t, ...handlers, version('v4', routerNamed('fourth')))
      for (const [path, message] of [
        ['/api/v1/users', 'thrown'],
        ['/api/v2/users', 'rejected'],
        ['/api/v3/users', 'passed'],
        ['/api/v4/failing', 'it failed'],
      ] as const) {
        const { json } = await ask(origin, path)
        assert.deepEqual(json, { message, url: path, baseUrl: '', version: path.slice(5, 7) })
      }
    })

    it('alone lets go on what asks for another one', async (t) => {
      const origin = await start(t, version('v1', routerNamed('first')))
      assert.deepEqual((await ask(origin, '/api/v3/users')).json.left, '/api/v3/users')
    })

    it('is the default for requests that name none', async (t) => {
      const origin = await start(t, versions([version('v1', routerNamed('first'), { default: true })]))
      const { json } = await ask(origin, '/api/users/1')
      assert.deepEqual([json.name, json.url, json.baseUrl], ['first', '/users/1', '/api'])
      assert.equal((await ask(origin, '/api/v3/users')).status, 404)
    })

    it('that there is not is a problem that names those that there are', async (t) => {
      const origin = await start(
        t,
        versions([version('v1', routerNamed('a')), version('v2', routerNamed('b'))]),
      )
      const { status, headers, json } = await ask(origin, '/api/v3/users?x=1')
      assert.equal(status, 404)
      assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
      assert.deepEqual(json, {
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'there is no version v3: there are v1, v2',
        code: 'NOZOMI_SCHEMA_VERSION_UNKNOWN',
        versions: ['v1', 'v2'],
        instance: '/api/v3/users?x=1',
      })
      // What has not the form of a version is somebody else's.
      assert.equal((await ask(origin, '/api/health')).json.left, '/api/health')
      const head = await ask(origin, '/api/v3/users', {}, 'HEAD')
      assert.deepEqual([head.status, head.text], [404, ''])
    })

    it('goes to an application, too', async (t) => {
      const inner = express()
      inner.get('/users', (req, res) => {
        res.json([req.url, req.baseUrl])
      })
      const origin = await start(t, version('v1', inner))
      assert.deepEqual((await ask(origin, '/api/v1/users')).json, ['/users', '/api/v1'])
    })
  })
}

describe('options that make no sense', () => {
  const handler: any = () => {}

  it('are refused when the version is made', () => {
    for (const name of ['', 'v 1', '..', 'a/b', 7 as never]) {
      assert.throws(() => version(name, handler), /a version's name is/)
    }
    assert.throws(() => version('v1', undefined as never), /version v1: needs a router or another handler/)
    assert.throws(
      () => version('v1', handler, { by: 'query' as never }),
      /by: one of path, header, media-type/,
    )
    assert.throws(() => version('v1', handler, { by: [] }), /by: one of/)
    assert.throws(() => versions([version('v1', handler), version('1', handler)]), /there is already v1/)
    assert.throws(() => version(handler, 'v1' as never), /a version's name is .*, not the function handler/)
    assert.throws(() => versions([handler]), /versions\(\) takes a list of what version\(\) returned/)
    assert.throws(
      () => versions(version('v1', handler) as never, version('v2', handler) as never),
      /versions\(\) takes a list of what version\(\) returned: versions\(\[version\('v1', v1Router\)/,
    )
    const twice = [version('v1', handler, { default: true }), version('v2', handler, { default: true })]
    assert.throws(() => versions(twice), /only one version can be the default, not v1, v2/)
    assert.throws(
      () => versions([version('v1', handler, { by: 'header' })]),
      /`by` is for all versions alike/,
    )
  })
})
