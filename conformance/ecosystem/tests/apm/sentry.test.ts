import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Traced } from '../support/traced.cjs'

interface Report {
  transactions: { name: string; op: string; spans: { op: string; description: string }[] }[]
  errors: { message: string; handled: boolean; url: string; transaction: string }[]
}

test('Sentry names the transaction after the route and sees each layer', async (t) => {
  const traced = await Traced.start(t, 'sentry-application.cjs')
  await (await fetch(`${traced.url}/users/7`)).text()
  const { transactions } = await traced.report<Report>()
  const transaction = transactions.find(({ op }) => op === 'http.server')
  assert.equal(transaction?.name, 'GET /users/:id')
  const spans = transaction?.spans.map(({ op, description }) => `${op} ${description}`) ?? []
  assert.ok(spans.includes('middleware.express requestId'), spans.join())
  assert.ok(spans.includes('request_handler.express /users/:id'), spans.join())
})

test('Sentry captures the error of a handler, once, and leaves its id to the application', async (t) => {
  const traced = await Traced.start(t, 'sentry-application.cjs')
  const response = await fetch(`${traced.url}/users/7/fail`)
  assert.equal(response.status, 500)
  assert.match(await response.text(), /^[0-9a-f]{32}\n$/)
  const { errors } = await traced.report<Report>()
  assert.equal(errors.length, 1)
  const [error] = errors
  assert.equal(error?.message, 'boom')
  assert.equal(error?.transaction, 'GET /users/:id/fail')
  assert.equal(error?.url, `${traced.url}/users/7/fail`)
})

test('Sentry does not complain that Express is not instrumented', async (t) => {
  const traced = await Traced.start(t, 'sentry-application.cjs')
  assert.doesNotMatch(traced.output, /express is not instrumented/i)
})
