import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { AuditError } from '#dist/audit/assert-audited.js'
import { insight, type InsightMiddleware, type InsightOptions } from '#dist/insight.js'
import { FRAMEWORKS } from './support/frameworks.mjs'

type Framework = (typeof FRAMEWORKS)[number]['framework']
type Application = ReturnType<Framework>

const QUIET: InsightOptions = { audit: false, report: () => undefined }

for (const { name, framework } of FRAMEWORKS) {
  describe(`insight() on ${name}`, () => {
    it('records requests, with the handlers that ran and the lines they stand on', async (t) => {
      const app = framework()
      const middleware = inspected(t, app, QUIET)
      app.use(middleware)
      app.get('/books/:id', function showBook(req, res) {
        res.json(req.params)
      })
      const url = await listening(t, app)
      assert.equal(await (await fetch(`${url}/books/7`)).text(), '{"id":"7"}')
      const record = await eventually(() => middleware.watch?.records().find(({ status }) => status === 200))
      const run = record.runs.find((one) => one.name === 'showBook')
      assert.equal(record.route, '/books/:id')
      assert.match(run?.place?.file ?? '', /insight\.test\.m[jt]s$/)
      assert.equal(run?.outcome, 'answered')
    })

    it('serves the inspector, whose own requests are not recorded', async (t) => {
      const app = framework()
      const middleware = inspected(t, app, QUIET)
      app.use(middleware)
      app.get('/hello', (_req, res) => void res.send('hello'))
      const url = await listening(t, app)
      await (await fetch(`${url}/hello`)).text()
      const page = await fetch(`${url}/_inspector`)
      assert.equal(page.status, 200)
      assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
      await page.text()
      assert.deepEqual(
        middleware.watch?.records().map((record) => record.url),
        ['/hello'],
      )
    })

    it('is off in production: it subscribes to nothing, patches nothing, and passes requests on', async (t) => {
      const app = framework()
      app.set('env', 'production')
      const { listen } = app
      const middleware = inspected(t, app, { audit: 'refuse' })
      app.use(middleware)
      app.get('/hello', (_req, res) => void res.send('hello'))
      assert.equal(middleware.watch, null)
      assert.deepEqual(middleware.findings(), [])
      assert.equal(app.listen, listen)
      assert.equal(channel('nozomi.request.start').hasSubscribers, false)
      const url = await listening(t, app)
      assert.equal(await (await fetch(`${url}/hello`)).text(), 'hello')
      assert.equal((await fetch(`${url}/_inspector`)).status, 404)
    })

    it('is off in tests, where applications are made by the hundred', () => {
      const app = framework()
      app.set('env', 'test')
      assert.equal(insight(app as never).watch, null)
    })

    it('in production it is on by choice, and shows no page without a token', async (t) => {
      const app = framework()
      app.set('env', 'production')
      const middleware = inspected(t, app, { ...QUIET, enabled: true })
      app.use(middleware)
      const url = await listening(t, app)
      assert.equal((await fetch(`${url}/_inspector`)).status, 404)
      const record = await eventually(() => middleware.watch?.records()[0])
      assert.equal(record.url, '/_inspector')
    })

    it('prints what the audit finds when the application listens, once', async (t) => {
      const app = framework()
      const printed = printing(t)
      const middleware = inspected(t, app, { report: () => undefined })
      app.use(middleware)
      shadowed(app)
      const url = await listening(t, app)
      await (await fetch(`${url}/books/new`)).text()
      assert.equal(printed.filter((line) => line.includes('/books/new')).length, 1)
      assert.ok(middleware.findings().some(({ what }) => what.includes('/books/new')))
    })

    it('prints it with the first request where the server was made elsewhere', async (t) => {
      const app = framework()
      const printed = printing(t)
      app.use(inspected(t, app, { report: () => undefined }))
      shadowed(app)
      const server = createServer(app as never)
      server.listen(0, '127.0.0.1')
      const url = await addressOf(t, server)
      assert.equal(printed.length, 0)
      await (await fetch(`${url}/books/1`)).text()
      assert.equal(printed.filter((line) => line.includes('/books/new')).length, 1)
    })

    it('refuses to listen while the audit finds something, and listens when it is mended', async (t) => {
      const app = framework()
      app.disable('x-powered-by')
      app.use(inspected(t, app, { ...QUIET, audit: 'refuse' }))
      shadowed(app)
      assert.throws(
        () => app.listen(0),
        (error) => {
          assert.ok(error instanceof AuditError)
          return error.findings.some((finding) => finding.what.includes('/books/new'))
        },
      )
      app.router.stack.pop()
      const url = await listening(t, app)
      assert.equal(await (await fetch(`${url}/books/1`)).text(), 'a book')
    })

    it('watches an application that is mounted on another one', async (t) => {
      const app = framework()
      const api = framework()
      const middleware = inspected(t, api, QUIET)
      api.use(middleware)
      api.get('/books', (_req, res) => void res.send('books'))
      app.use('/api', api)
      const url = await listening(t, app)
      assert.equal(await (await fetch(`${url}/api/books`)).text(), 'books')
      const record = await eventually(() => middleware.watch?.records().find(({ status }) => status === 200))
      assert.equal(record.url, '/api/books')
    })

    it('gives the same for a second call, and leaves nothing behind when it is stopped', async (t) => {
      const app = framework()
      const methods = ['listen', 'handle', 'set', 'use', 'get'].map(
        (method) => Reflect.get(app, method) as unknown,
      )
      const middleware = inspected(t, app, QUIET)
      assert.equal(insight(app as never), middleware)
      app.use(middleware)
      app.get('/hello', (_req, res) => void res.send('hello'))
      middleware.stop()
      assert.deepEqual(
        ['listen', 'handle', 'set', 'use', 'get'].map((method) => Reflect.get(app, method) as unknown),
        methods,
      )
      assert.equal(channel('nozomi.request.start').hasSubscribers, false)
      assert.equal(channel('nozomi.layer.next').hasSubscribers, false)
      const url = await listening(t, app)
      assert.equal(await (await fetch(`${url}/hello`)).text(), 'hello')
      assert.equal((await fetch(`${url}/_inspector`)).status, 404)
      assert.deepEqual(middleware.watch?.records(), [])
    })
  })
}

it('says what would be right when it is given no application', () => {
  assert.throws(() => insight({} as never), { name: 'TypeError', message: /app must be an application/ })
})

/** Insight of an application, until the test ends. */
function inspected(t: TestContext, app: Application, options: InsightOptions): InsightMiddleware {
  const middleware = insight(app as never, options)
  t.after(() => middleware.stop())
  return middleware
}

/** The second of the two can never run. */
function shadowed(app: Application): void {
  app.get('/books/:id', (_req, res) => void res.send('a book'))
  app.get('/books/new', (_req, res) => void res.send('a form'))
}

async function listening(t: TestContext, app: Application): Promise<string> {
  return addressOf(t, app.listen(0, '127.0.0.1') as unknown as Server)
}

async function addressOf(t: TestContext, server: Server): Promise<string> {
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What is printed as a warning until the test ends. */
function printing(t: TestContext): string[] {
  const printed: string[] = []
  t.mock.method(console, 'warn', (text: string) => void printed.push(text))
  return printed
}

async function eventually<Value>(look: () => Value | undefined): Promise<Value> {
  for (let i = 0; i < 500; i++) {
    const value = look()
    if (value !== undefined) return value
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('it did not come')
}
