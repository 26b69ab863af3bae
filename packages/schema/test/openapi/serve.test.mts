import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { describe, test } from 'node:test'
import type { NextFunction, Request, Response } from 'express'
import { parse } from 'yaml'
import { type OpenApiDocument, openapi, openapiOptionsOf } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { end, step } from './support/step.mjs'

/** Of a request as it is written: `fetch` adds that nothing may be from a cache. */
async function statusFor(address: string, headers: Record<string, string>): Promise<number | undefined> {
  const [answer] = (await once(get(address, { headers }), 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode
}

const INFO = { title: 'Books & more', version: '1.0.0' }

for (const { name, framework } of FRAMEWORKS) {
  describe(`openapi() on ${name}`, () => {
    const bookshop = (options: Partial<Parameters<typeof openapi>[1]> = {}) => {
      const app = framework()
      app.get('/books/:id', end)
      app.use(openapi(app, { info: INFO, ...options }))
      return app
    }
    const documentAt = async (address: string) => (await (await fetch(address)).json()) as OpenApiDocument

    test('serves the document as JSON and as YAML', async (t) => {
      const origin = await serving(t, bookshop())
      const json = await fetch(`${origin}/openapi.json`)
      assert.equal(json.headers.get('content-type'), 'application/json; charset=utf-8')
      const document = (await json.json()) as OpenApiDocument
      assert.deepEqual(Object.keys(document.paths), ['/books/{id}'])
      const yaml = await fetch(`${origin}/openapi.yaml`)
      assert.equal(yaml.headers.get('content-type'), 'application/yaml; charset=utf-8')
      assert.deepEqual(parse(await yaml.text()), document)
    })

    test('answers 304 to whoever has it', async (t) => {
      const origin = await serving(t, bookshop())
      for (const path of ['/openapi.json', '/openapi.yaml', '/docs', '/docs/start.js']) {
        const first = await fetch(origin + path)
        const tag = first.headers.get('etag')
        assert.match(tag ?? '', /^"[\w-]{43}"$/)
        assert.equal(first.headers.get('cache-control'), 'no-cache')
        assert.equal(await statusFor(origin + path, { 'If-None-Match': tag ?? '' }), 304)
        assert.equal(await statusFor(origin + path, { 'If-None-Match': '"other"' }), 200)
      }
    })

    test('takes GET and HEAD, and leaves all else to others', async (t) => {
      const app = bookshop()
      app.use((_req: Request, res: Response) => void res.status(418).end())
      const origin = await serving(t, app)
      const statusOf = async (method: string, path: string) => (await fetch(origin + path, { method })).status
      assert.equal(await statusOf('HEAD', '/openapi.json'), 200)
      assert.equal(await statusOf('POST', '/openapi.json'), 418)
      assert.equal(await statusOf('GET', '/openapi'), 418)
      assert.equal(await statusOf('GET', '/docs/5/other.js'), 418)
      assert.equal(await statusOf('GET', '/docs/..%2f..%2fpackage.json'), 418)
    })

    test('makes the document once, and anew when a route was added', async (t) => {
      const app = framework()
      const router = framework.Router()
      let made = 0
      app.use(openapi(app, { info: INFO, include: () => ++made > 0 }))
      app.use('/api', router)
      const route = app.route('/a').get(end)
      const origin = await serving(t, app)
      const pathsNow = async () => Object.keys((await documentAt(`${origin}/openapi.json`)).paths)
      assert.equal(made, 0)
      assert.deepEqual([await pathsNow(), await pathsNow()], [['/a'], ['/a']])
      await fetch(`${origin}/openapi.yaml`)
      assert.equal(made, 1)
      router.get('/b', end)
      assert.deepEqual(await pathsNow(), ['/api/b', '/a'])
      assert.equal(made, 3)
      route.post(end)
      const { paths } = await documentAt(`${origin}/openapi.json`)
      assert.deepEqual(Object.keys(paths['/a'] ?? {}), ['get', 'post'])
      app.router.stack.pop()
      assert.deepEqual(await pathsNow(), ['/api/b'])
    })

    test('the address of the application is right wherever it is mounted', async (t) => {
      const serverAt = async (address: string) => {
        const { servers } = await documentAt(address)
        return new URL(servers?.[0]?.url ?? '', address).pathname
      }
      const root = framework()
      const api = bookshop()
      const inside = framework()
      inside.use('/internal', openapi(inside, { info: INFO, path: '/api/openapi' }))
      const beside = framework()
      root.use('/v1/:tenant', api)
      root.use('/inside', inside)
      root.use('/beside', beside)
      root.use('/about', openapi(beside, { info: INFO }))
      root.use(openapi(root, { info: INFO }))
      const origin = await serving(t, root)
      assert.equal(await serverAt(`${origin}/openapi.json`), '/')
      assert.equal(await serverAt(`${origin}/v1/x/openapi.json`), '/v1/x/')
      assert.equal(await serverAt(`${origin}/inside/internal/api/openapi.json`), '/inside/')
      assert.equal(await serverAt(`${origin}/about/openapi.json`), '/beside')
    })

    test('the page and all that it loads is there behind a prefix that a proxy takes away', async (t) => {
      const origin = await serving(t, bookshop({ docs: '/help/docs', path: '/api/spec' }))
      // What the browser asks for at /prefix/..., the application gets without it.
      const outside = 'http://proxy/prefix/help/docs'
      const page = await (await fetch(`${origin}/help/docs`)).text()
      const links = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(
        ([, link]) => new URL(link as string, outside),
      )
      assert.equal(links.length, 4)
      for (const { pathname } of links) {
        assert.ok(pathname.startsWith('/prefix/'))
        assert.equal((await fetch(origin + pathname.slice('/prefix'.length))).status, 200, pathname)
      }
      const start = await (await fetch(`${origin}/help/docs/start.js`)).text()
      assert.match(start, /new URL\("\.\.\/api\/spec\.json", location\.href\)/)
    })

    test('a slash behind the page leads to it', async (t) => {
      const root = framework()
      root.use('/api', bookshop())
      const origin = await serving(t, root)
      const { url, status } = await fetch(`${origin}/api/docs/`)
      assert.deepEqual([url, status], [`${origin}/api/docs`, 200])
    })

    test('the page runs scripts of this server only, and none that stand in it', async (t) => {
      const servers = [
        { url: 'https://api.example.com/v1' },
        { url: 'https://{region}.example.com' },
        { url: '/v2' },
      ]
      const origin = await serving(t, bookshop({ servers }))
      const { headers } = await fetch(`${origin}/docs`)
      assert.equal(
        headers.get('content-security-policy'),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
          "connect-src 'self' https://api.example.com; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      )
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
    })

    test('a title can not break out of the page', async (t) => {
      const title = '</title><script>alert("1")</script>'
      const origin = await serving(t, bookshop({ info: { title, version: '1' } }))
      const page = await (await fetch(`${origin}/docs`)).text()
      assert.ok(!page.includes('<script>alert'))
    })

    test('the files of the page may be kept for ever', async (t) => {
      const origin = await serving(t, bookshop())
      const page = await (await fetch(`${origin}/docs`)).text()
      const script = /src="(docs\/[\d.]+\/swagger-ui-bundle\.js)"/.exec(page)?.[1]
      const { headers } = await fetch(`${origin}/${script}`)
      assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
      assert.match(headers.get('content-type') ?? '', /^text\/javascript/)
      const folder = `${origin}/${script?.slice(0, script.lastIndexOf('/'))}`
      for (const other of ['index.html', 'package.json', 'swagger-ui.js', 'swagger-initializer.js']) {
        assert.equal((await fetch(`${folder}/${other}`)).status, 404, other)
      }
    })

    test('the page can be left out', async (t) => {
      const origin = await serving(t, bookshop({ docs: false }))
      assert.equal((await fetch(`${origin}/docs`)).status, 404)
      assert.equal((await fetch(`${origin}/openapi.json`)).status, 200)
    })

    test('what is wrong with a document is an error of its request', async (t) => {
      const app = framework()
      app.get('/', step({ security: ['key'] }), end)
      app.use(openapi(app, { info: INFO }))
      app.use((error: { code: string }, _req: Request, res: Response, _next: NextFunction) => {
        res.status(500).send(error.code)
      })
      const answer = await fetch(`${await serving(t, app)}/openapi.json`)
      assert.equal(await answer.text(), 'NOZOMI_SCHEMA_SECURITY')
    })

    test('says at once what it can not do with', () => {
      const app = framework()
      assert.throws(() => openapi(app, {} as never), /needs the title and the version/)
      assert.throws(
        () => openapi(app, undefined as never),
        /openapi\(\): options: is undefined; give an object/,
      )
      assert.throws(
        () => openapi({ info: INFO } as never, app as never),
        /app: is an object with info; give the app/,
      )
      assert.throws(
        () => openapi(app, { info: INFO, path: 'openapi' }),
        /path must be a path such as \/openapi/,
      )
      assert.throws(() => openapi(app, { info: INFO, path: '/openapi.json' }), /path is given without \.json/)
      assert.throws(() => openapi(app, { info: INFO, docs: '/docs/' }), /docs must be a path/)
    })

    test('tools find its options', () => {
      const app = framework()
      const router = framework.Router()
      app.use(router)
      assert.equal(openapiOptionsOf(app), null)
      const options = { info: INFO }
      router.use(openapi(app, options))
      assert.equal(openapiOptionsOf(app), options)
    })
  })
}
