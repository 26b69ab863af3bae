import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Traced } from '../support/traced.cjs'

interface Span {
  name: string
  resource: string
  error: number
  meta: Record<string, string>
}

// Prints traces instead of sending them to an agent, and asks no agent for anything.
const env = {
  DD_SERVICE: 'test',
  DD_TRACE_EXPERIMENTAL_EXPORTER: 'log',
  DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
  DD_REMOTE_CONFIGURATION_ENABLED: 'false',
  DD_TRACE_STARTUP_LOGS: 'false',
}

async function trace(t: TestContext, path: string): Promise<Span[]> {
  const traced = await Traced.start(t, 'application.cjs', { execArgv: ['--require', 'dd-trace/init'], env })
  await (await fetch(`${traced.url}${path}`)).text()
  const spans = () =>
    traced.output
      .split('\n')
      .filter((line) => line.startsWith('{"traces"'))
      .flatMap((line) => (JSON.parse(line) as { traces: Span[][] }).traces.flat())
  for (let waited = 0; !spans().some(isRequest) && waited < 100; waited++) {
    await new Promise((done) => setTimeout(done, 50))
  }
  return spans()
}

const isRequest = (span: Span) => span.name === 'express.request'

test('dd-trace names the request after its route and sees middleware', async (t) => {
  const spans = await trace(t, '/users/7')
  const request = spans.find(isRequest)
  assert.equal(request?.resource, 'GET /users/:id')
  assert.equal(request?.meta['http.route'], '/users/:id')
  assert.equal(request?.meta['http.status_code'], '200')
  assert.ok(
    spans.some((span) => span.resource === 'requestId'),
    spans.map((span) => span.resource).join(),
  )
})

test('dd-trace marks the request whose handler throws', async (t) => {
  const spans = await trace(t, '/users/7/fail')
  const request = spans.find(isRequest)
  assert.equal(request?.error, 1)
  assert.equal(request?.resource, 'GET /users/:id/fail')
  assert.equal(request?.meta['error.message'], 'boom')
})
