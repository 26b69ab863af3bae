import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { version, type VersionsOptions, versions } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { ask } from './ask.mjs'

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const routerNamed = (name: string) => {
    const router = express.Router()
    router.get('/users', (req, res) => {
      res.json({ name, url: req.url, baseUrl: req.baseUrl })
    })
    return router
  }
  /** Versions v1 and v2, and their default. */
  const start = (t: TestContext, options: VersionsOptions, defaultVersion?: 'v1' | 'v2') => {
    const app = express()
    const of = (name: string) => version(name, routerNamed(name), { default: name === defaultVersion })
    app.use('/api', versions([of('v1'), of('v2')], options))
    return serving(t, app)
  }
  const nameOf = async (origin: string, headers: Record<string, string>, path = '/api/users') =>
    (await ask(origin, path, headers)).json?.name

  describe(`${framework}: a version in a field`, () => {
    it('is named with or without its v; answers name it, and say what they depend on', async (t) => {
      const origin = await start(t, { by: 'header' })
      for (const said of ['v2', '2', 'V2', ' 2 ']) {
        const { json, headers } = await ask(origin, '/api/users', { 'API-Version': said })
        assert.deepEqual(json, { name: 'v2', url: '/users', baseUrl: '/api' }, said)
        assert.equal(headers.get('api-version'), 'v2')
        assert.match(headers.get('vary') ?? '', /\bAPI-Version\b/)
      }
    })

    it('is the default where the field is missing', async (t) => {
      const origin = await start(t, { by: 'header' }, 'v1')
      const { json, headers } = await ask(origin, '/api/users')
      assert.deepEqual([json.name, headers.get('vary')], ['v1', 'API-Version'])
    })

    it('without a default has to be named', async (t) => {
      const { status, json } = await ask(await start(t, { by: 'header' }), '/api/users')
      assert.deepEqual(
        [status, json.code, json.versions],
        [400, 'NOZOMI_SCHEMA_VERSION_UNKNOWN', ['v1', 'v2']],
      )
      const message = 'is missing: one of v1, v2'
      assert.deepEqual(json.issues, [{ in: 'headers', path: ['api-version'], code: 'required', message }])
    })

    it('that there is not is refused', async (t) => {
      const origin = await start(t, { by: 'header' }, 'v1')
      for (const said of ['3', 'v3', 'two', '2.0', '2, 1', 'constructor', '__proto__']) {
        const { status, json, headers } = await ask(origin, '/api/users', { 'API-Version': said })
        assert.deepEqual([status, json.title, headers.get('vary')], [400, 'Bad Request', 'API-Version'], said)
        assert.match(json.issues[0].message, /^is ".*", and none of v1, v2$/)
      }
    })

    it('can have another name', async (t) => {
      const origin = await start(t, { by: 'header', field: 'X-Shop-Version' }, 'v1')
      assert.equal(await nameOf(origin, { 'X-Shop-Version': '2' }), 'v2')
      assert.equal(await nameOf(origin, { 'API-Version': '2' }), 'v1')
    })

    it('alone lets go on what asks for another one', async (t) => {
      const app = express()
      const options = { by: 'header' } as const
      app.use('/api', version('v1', routerNamed('v1'), { ...options, default: true }))
      app.use('/api', version('v2', routerNamed('v2'), options))
      const origin = await serving(t, app)
      assert.equal(await nameOf(origin, {}), 'v1')
      assert.equal(await nameOf(origin, { 'API-Version': '2' }), 'v2')
      assert.equal((await ask(origin, '/api/users', { 'API-Version': '3' })).status, 404)
    })
  })

  describe(`${framework}: a version in Accept`, () => {
    it('is in the type of a vendor, or a parameter', async (t) => {
      const origin = await start(t, { by: 'media-type' }, 'v1')
      for (const accept of [
        'application/vnd.example.v2+json',
        'application/vnd.example.v2.full+json',
        'application/vnd.example.v2',
        'APPLICATION/VND.Example.V2+JSON',
        'application/json; version=2',
        'application/json;charset=utf-8;Version="v2"',
        'text/html, application/vnd.example.v2+json;q=0.5',
      ]) {
        const { json, headers } = await ask(origin, '/api/users', { accept })
        assert.equal(json?.name, 'v2', accept)
        assert.equal(headers.get('vary'), 'Accept')
      }
    })

    it('is the one that is preferred, of those that there are', async (t) => {
      const origin = await start(t, { by: 'media-type' }, 'v2')
      const [v1, v2, v9] = ['v1', 'v2', 'v9'].map((one) => `application/vnd.example.${one}+json`)
      assert.equal(await nameOf(origin, { accept: `${v2};q=0.5, ${v1}` }), 'v1')
      assert.equal(await nameOf(origin, { accept: `${v9}, ${v1};q=0.1` }), 'v1')
      assert.equal(await nameOf(origin, { accept: `${v1};q=0, */*` }), 'v2')
    })

    it('is the default where none is named', async (t) => {
      const origin = await start(t, { by: 'media-type' }, 'v1')
      for (const accept of [
        '*/*',
        'application/json',
        'application/vnd.ms-excel',
        'text/html;level=2',
        ';;,=',
      ]) {
        assert.equal(await nameOf(origin, { accept }), 'v1', accept)
      }
    })

    it('that there is not is not acceptable', async (t) => {
      const origin = await start(t, { by: 'media-type' }, 'v1')
      for (const accept of ['application/vnd.example.v9+json', 'application/json; version=9, */*']) {
        const { status, json, headers } = await ask(origin, '/api/users', { accept })
        assert.deepEqual([status, json.versions, headers.get('vary')], [406, ['v1', 'v2'], 'Accept'], accept)
      }
      assert.equal((await ask(await start(t, { by: 'media-type' }), '/api/users')).status, 406)
    })

    it('is that of one vendor, by option', async (t) => {
      const origin = await start(t, { by: 'media-type', vendor: 'Shop', parameter: 'v' }, 'v1')
      assert.equal(await nameOf(origin, { accept: 'application/vnd.shop.v2+json' }), 'v2')
      assert.equal(await nameOf(origin, { accept: 'application/vnd.other.v2+json' }), 'v1')
      assert.equal(await nameOf(origin, { accept: 'application/json;v=2' }), 'v2')
    })
  })

  describe(`${framework}: a version in several places`, () => {
    const by = ['path', 'header', 'media-type'] as const
    const accept = 'application/vnd.shop.v2+json'

    it('is taken from each; the path is cut off where it names it', async (t) => {
      const origin = await start(t, { by }, 'v1')
      assert.deepEqual((await ask(origin, '/api/v2/users')).json, {
        name: 'v2',
        url: '/users',
        baseUrl: '/api/v2',
      })
      assert.equal(await nameOf(origin, { 'API-Version': '2' }), 'v2')
      assert.equal(await nameOf(origin, { accept }), 'v2')
      assert.equal(await nameOf(origin, {}), 'v1')
      const agreeing = { 'API-Version': '2', accept: `${accept}, application/vnd.shop.v1+json` }
      assert.equal(await nameOf(origin, agreeing, '/api/v2/users'), 'v2')
      assert.equal(await nameOf(origin, agreeing), 'v2')
    })

    it('varies only where the path does not say it', async (t) => {
      const origin = await start(t, { by }, 'v1')
      assert.equal((await ask(origin, '/api/users')).headers.get('vary'), 'API-Version, Accept')
      assert.equal((await ask(origin, '/api/v2/users')).headers.get('vary'), null)
    })

    it('has to be the same one', async (t) => {
      const origin = await start(t, { by }, 'v1')
      const messagesOf = async (path: string, headers: Record<string, string>) => {
        const { status, json } = await ask(origin, path, headers)
        assert.deepEqual([status, json.code], [400, 'NOZOMI_SCHEMA_VERSION_CONFLICT'])
        return json.issues.map((issue: any) => `${issue.path} ${issue.message}`)
      }
      const field = 'api-version asks for v2, while the path says v1'
      const media = 'accept asks for v2, while the path says v1'
      assert.deepEqual(await messagesOf('/api/v1/users', { 'API-Version': '2' }), [field])
      assert.deepEqual(await messagesOf('/api/v1/users', { accept }), [media])
      assert.deepEqual(await messagesOf('/api/v1/users', { 'API-Version': '2', accept }), [field, media])
      assert.deepEqual(await messagesOf('/api/users', { 'API-Version': '1', accept }), [
        'accept asks for v2, while API-Version says v1',
      ])
    })
  })
}
