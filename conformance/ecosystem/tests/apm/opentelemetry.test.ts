import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Traced } from '../support/traced.cjs'

interface Span {
  name: string
  kind: string
  parent: string | null
  attributes: Record<string, unknown>
  failed: boolean
  events: string[]
}

const starts = {
  'require() and --require': (t: TestContext) =>
    Traced.start(t, 'application.cjs', { execArgv: ['--require', './opentelemetry.cjs'] }),
  'import and --import': (t: TestContext) =>
    Traced.start(t, 'application.mjs', { execArgv: ['--import', './opentelemetry-esm.mjs'] }),
}

/** Spans end when the response closes, which the client may see first. */
async function finishedSpans(traced: Traced, requests: number): Promise<Span[]> {
  for (let tries = 0; tries < 100; tries++) {
    const spans = await traced.report<Span[]>()
    if (spans.filter((span) => span.kind === 'SERVER').length === requests) return spans
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error(`no ${requests} requests were traced`)
}

for (const [how, start] of Object.entries(starts)) {
  test(`OpenTelemetry sees middleware, router and request handler, with ${how}`, async (t) => {
    const traced = await start(t)
    const response = await fetch(`${traced.url}/users/7`)
    assert.deepEqual(await response.json(), { id: '7' })
    const spans = await finishedSpans(traced, 1)
    const typed = (type: string) => spans.filter((span) => span.attributes['express.type'] === type)
    const middleware = typed('middleware').map((span) => span.name)
    assert.deepEqual(middleware, ['middleware - requestId', 'middleware - jsonParser'])
    assert.deepEqual(
      typed('router').map((span) => span.attributes['http.route']),
      ['/users'],
    )
    assert.deepEqual(
      typed('request_handler').map((span) => [span.attributes['http.route'], span.parent]),
      [['/users/:id', 'GET /users/:id']],
    )
    const server = spans.find((span) => span.kind === 'SERVER')
    assert.equal(server?.name, 'GET /users/:id')
    assert.equal(server?.attributes['http.route'], '/users/:id')
  })

  test(`OpenTelemetry sees a handler that throws, and the 404, with ${how}`, async (t) => {
    const traced = await start(t)
    assert.equal((await fetch(`${traced.url}/users/7/fail`)).status, 500)
    assert.equal((await fetch(`${traced.url}/absent`)).status, 404)
    const spans = await finishedSpans(traced, 2)
    const handler = spans.find((span) => span.attributes['express.type'] === 'request_handler')
    assert.equal(handler?.failed, true)
    assert.deepEqual(handler?.events, ['boom'])
    const servers = spans.filter((span) => span.kind === 'SERVER')
    assert.deepEqual(
      servers.map((span) => [span.name, span.failed]),
      [
        ['GET /users/:id/fail', true],
        ['GET', false],
      ],
    )
  })
}
