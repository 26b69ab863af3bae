import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type TestContext } from 'node:test'
import session from 'express-session'
import { audit, type AuditOptions } from '#dist/audit/audit.js'
import { auditObserved } from '#dist/audit/audit-observed.js'
import type { Finding } from '#dist/types/finding.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import type { Application } from '../support/rule-cases.mjs'

interface Asking {
  readonly options?: AuditOptions
  readonly fields?: Record<string, string>
  readonly server?: object
  readonly times?: number
}

/** Asks an application for `/`, watched, and gives what was found, request by request. */
async function observe(t: TestContext, app: Application, asking: Asking = {}): Promise<Finding[][]> {
  const found: Finding[][] = []
  const server = createServer((req, res) => {
    res.on('finish', () => found.push(auditObserved(app as never, req, asking.options)))
    ;(app as unknown as (...all: unknown[]) => void)(req, res)
  })
  Object.assign(server, asking.server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  for (let i = 0; i < (asking.times ?? 1); i++) {
    const response = await fetch(url, { headers: { Connection: 'close', ...asking.fields } })
    await response.arrayBuffer()
  }
  while (found.length < (asking.times ?? 1)) await new Promise(setImmediate)
  return found
}

function rulesOf(found: readonly Finding[][]): string[][] {
  return found.map((findings) => findings.map(({ rule }) => rule))
}

const SESSION = { secret: 'a secret', resave: false, saveUninitialized: true }
const FORWARDED = { 'X-Forwarded-For': '203.0.113.7' }

for (const { name, framework: express } of FRAMEWORKS) {
  const create = (): Application => express().get('/', (_req, res) => res.send('hello'))

  test(`tells once that forwarded fields arrive while 'trust proxy' is off, on ${name}`, async (t) => {
    const found = await observe(t, create(), { fields: FORWARDED, times: 2 })
    assert.deepEqual(rulesOf(found), [['trust-proxy-unset'], []])
    assert.match(found[0]?.[0]?.what ?? '', /came with x-forwarded-for/u)
  })

  test(`finds nothing when proxies are named, on ${name}`, async (t) => {
    const app = create()
    app.set('trust proxy', 'loopback')
    assert.deepEqual(rulesOf(await observe(t, app, { fields: FORWARDED })), [[]])
  })

  test(`finds nothing in a request that came straight, on ${name}`, async (t) => {
    assert.deepEqual(rulesOf(await observe(t, create())), [[]])
  })

  test(`leaves out the rules that it is told to, on ${name}`, async (t) => {
    const options = { ignore: ['trust-proxy-unset'] }
    assert.deepEqual(rulesOf(await observe(t, create(), { fields: FORWARDED, options })), [[]])
  })

  test(`finds a server that waits for requests without limit, on ${name}`, async (t) => {
    const found = await observe(t, create(), { server: { requestTimeout: 0, headersTimeout: 0 } })
    assert.deepEqual(rulesOf(found), [['server-timeouts-off']])
    assert.match(found[0]?.[0]?.what ?? '', /headersTimeout is 0, requestTimeout is 0/u)
  })

  test(`finds nothing in a server with short limits, on ${name}`, async (t) => {
    const server = { requestTimeout: 30_000, headersTimeout: 10_000 }
    assert.deepEqual(rulesOf(await observe(t, create(), { server })), [[]])
  })

  test(`sees in a request what session options that are made for each one hide, on ${name}`, async (t) => {
    const cookie = (() => ({ maxAge: 1000 })) as unknown as session.CookieOptions
    const app = express()
      .use(session({ ...SESSION, cookie }))
      .get('/', (_req, res) => res.send('hello'))
    const found = await observe(t, app, { options: { production: true } })
    assert.deepEqual(rulesOf(found), [['session-cookie-same-site', 'session-memory-store']])
  })

  test(`does not repeat what the audit at the start has found, on ${name}`, async (t) => {
    const app = express()
      .use(session({ ...SESSION, cookie: { secure: true } }))
      .get('/', (_req, res) => res.send('hello'))
    const options = { production: true, ignore: ['x-powered-by'] }
    assert.deepEqual(
      audit(app as never, options).map(({ rule }) => rule),
      ['session-memory-store', 'session-cookie-same-site'],
    )
    assert.deepEqual(rulesOf(await observe(t, app, { options })), [[]])
  })

  test(`finds nothing in sessions of an application that is not in production, on ${name}`, async (t) => {
    const app = express()
      .use(session(SESSION))
      .get('/', (_req, res) => res.send('hello'))
    assert.deepEqual(rulesOf(await observe(t, app, { options: { production: false } })), [[]])
  })
}
