import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { deprecation, version, versionOf, versions } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { ask } from './ask.mjs'

const deprecated = new Date('2026-01-01')
const sunset = new Date('2028-01-01')
const V2 = 'application/vnd.shop.v2+json'

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const productsOf = (name: string) => {
    const products = express.Router()
    products.get('/', (req, res) => {
      res.links({ next: 'http://x/2' }).json({ name, version: versionOf(req) })
    })
    products.get('/:id', (req, res, next) => {
      if (req.params.id === 'broken') next(Object.assign(new Error('x'), { status: 404 }))
      else if (req.params.id === '1') res.json({ name })
      else next()
    })
    return products
  }
  /** As a shop has it: of version 1 the products go, and nothing else. */
  const start = (t: TestContext) => {
    const images = express.Router()
    images.get('/:id/images', (_req, res) => {
      res.json([])
    })
    const v1 = express.Router()
    v1.use('/products', deprecation({ deprecated, sunset, successor: 'v2' }, productsOf('v1')), images)
    const v2 = express.Router()
    v2.use('/products', productsOf('v2'), images)
    const list = [version('v1', v1, { default: true }), version('v2', v2)]
    const app = express()
    app.set('env', 'test')
    app.use(
      '/api',
      versions(list, {
        by: ['path', 'header', 'media-type'],
        vendor: 'shop',
        fieldValue: (name) => name.slice(1),
      }),
    )
    return serving(t, app)
  }

  describe(`${framework}: a part of a version that goes`, () => {
    it('says so, and links to the same address in the version after it', async (t) => {
      const origin = await start(t)
      const { headers, json } = await ask(origin, '/api/v1/products?sort=price&limit=1')
      assert.equal(json.version, 'v1')
      assert.equal(headers.get('deprecation'), `@${deprecated.getTime() / 1000}`)
      assert.equal(headers.get('sunset'), sunset.toUTCString())
      assert.equal(
        headers.get('link'),
        '</api/v2/products?sort=price&limit=1>; rel="successor-version", <http://x/2>; rel="next"',
      )
      const chosen = await ask(origin, '/api/products/1')
      assert.equal(chosen.headers.get('link'), '</api/v2/products/1>; rel="successor-version"')
      const successor = await ask(origin, '/api/v2/products/1')
      assert.deepEqual([successor.headers.get('deprecation'), successor.headers.get('link')], [null, null])
    })

    it('says so on its errors, and not on what came past it', async (t) => {
      const origin = await start(t)
      const broken = await ask(origin, '/api/v1/products/broken')
      assert.equal(broken.status, 404)
      assert.ok(broken.headers.get('deprecation'))
      for (const [path, status] of [
        ['/api/v1/products/1/images', 200],
        ['/api/v1/products/none', 404],
      ] as const) {
        const answer = await ask(origin, path)
        assert.equal(answer.status, status)
        for (const field of ['deprecation', 'sunset', 'link']) assert.equal(answer.headers.get(field), null)
      }
    })

    it('can not be made to link elsewhere', async (t) => {
      const origin = await start(t)
      const { headers } = await ask(origin, '/api/v1/products?x=%3E;rel=evil,%3C/y%3E&a=>;<')
      const link = headers.get('link') ?? ''
      assert.equal(link.match(/rel="successor-version"/g)?.length, 1)
      assert.equal(link.replace('<http://x/2>', '').match(/[<>]/g)?.length, 2, link)
    })

    it('links to nothing outside of all versions', async (t) => {
      const app = express()
      app.use('/products', deprecation({ deprecated, successor: 'v2' }, productsOf('v1')))
      const { headers } = await ask(await serving(t, app), '/products/1')
      assert.equal(headers.get('link'), null)
      assert.ok(headers.get('deprecation'))
    })

    it('is refused where it makes no sense', () => {
      assert.throws(() => deprecation({ deprecated }, {} as never), /needs a router or another handler/)
      assert.throws(() => deprecation({ successor: 2 as never }), /`successor` is the name of a version/)
      assert.throws(
        () => versions([version('v1', express.Router())], { fieldValue: 'x' as never }),
        /fieldValue: a function/,
      )
    })
  })

  describe(`${framework}: versions as a shop has them`, () => {
    it('are chosen by path, field and media type, and answers say which it was', async (t) => {
      const origin = await start(t)
      const asked: [string, Record<string, string>, string][] = [
        ['/api/v1/products/1', {}, '1'],
        ['/api/v2/products/1', {}, '2'],
        ['/api/products/1', {}, '1'],
        ['/api/products/1', { 'API-Version': '2' }, '2'],
        ['/api/products/1', { 'API-Version': 'v2' }, '2'],
        ['/api/products/1', { Accept: V2 }, '2'],
        ['/api/products/1', { Accept: 'application/vnd.shop.v2+xml' }, '2'],
        ['/api/products/1', { Accept: `application/vnd.shop.v1+json;q=0.5, ${V2}` }, '2'],
        ['/api/v2/products/1', { 'API-Version': '2', Accept: `${V2}, application/vnd.shop.v1+json` }, '2'],
      ]
      for (const [path, headers, number] of asked) {
        const answer = await ask(origin, path, headers)
        const said = [answer.json?.name, answer.headers.get('api-version')]
        assert.deepEqual(said, [`v${number}`, number], `${path} ${JSON.stringify(headers)}`)
        assert.equal(answer.headers.get('vary'), path === '/api/products/1' ? 'API-Version, Accept' : null)
      }
    })

    it('are refused where they contradict each other, or are not there', async (t) => {
      const origin = await start(t)
      const conflict = await ask(origin, '/api/v1/products/1', { 'API-Version': '2', Accept: V2 })
      assert.equal(conflict.status, 400)
      const fields = conflict.json.issues.map(({ path }: { path: string[] }) => path[0])
      assert.deepEqual(fields, ['api-version', 'accept'])
      assert.equal((await ask(origin, '/api/products/1', { 'API-Version': '' })).status, 400)
      assert.equal((await ask(origin, '/api/products/1', { 'API-Version': '3' })).status, 400)
      const accept = 'application/vnd.shop.v9+json'
      assert.equal((await ask(origin, '/api/products/1', { Accept: accept })).status, 406)
      assert.equal((await ask(origin, '/api/v9/products/1')).status, 404)
    })
  })
}
