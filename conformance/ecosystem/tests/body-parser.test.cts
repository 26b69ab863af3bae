import assert from 'node:assert/strict'
import { test } from 'node:test'
import bodyParser from 'body-parser'
import express = require('express')
import { serve } from './support/serve.cjs'

function echo() {
  const app = express()
  app.use(bodyParser.urlencoded({ extended: true }))
  app.use(bodyParser.json({ limit: 100 }))
  app.use(bodyParser.text({ type: 'text/html' }))
  app.use(bodyParser.raw({ type: 'application/vnd.custom-type' }))
  app.post('/', (req, res) => {
    res.json({ kind: Buffer.isBuffer(req.body) ? 'buffer' : typeof req.body, body: req.body })
  })
  return app
}

test('the standalone body-parser gives JSON, forms, text and raw bytes as req.body', async (t) => {
  const url = await serve(t, echo())
  const post = async (type: string, body: string) => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
    return response.json()
  }
  assert.deepEqual(await post('application/json', '{"a":[1]}'), { kind: 'object', body: { a: [1] } })
  assert.deepEqual(await post('application/x-www-form-urlencoded', 'user[name]=tj&tag=a&tag=b'), {
    kind: 'object',
    body: { user: { name: 'tj' }, tag: ['a', 'b'] },
  })
  assert.deepEqual(await post('text/html', '<p>'), { kind: 'string', body: '<p>' })
  const raw = (await post('application/vnd.custom-type', 'xyz')) as { kind: string }
  assert.equal(raw.kind, 'buffer')
})

test("body-parser's errors reach the error handler with status and type", async (t) => {
  const app = echo()
  const onError: express.ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(error.status).json({ type: error.type })
  }
  app.use(onError)
  const url = await serve(t, app)
  const post = (body: string) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

  const invalid = await post('{"a":')
  assert.equal(invalid.status, 400)
  assert.deepEqual(await invalid.json(), { type: 'entity.parse.failed' })

  const large = await post(JSON.stringify('x'.repeat(200)))
  assert.equal(large.status, 413)
  assert.deepEqual(await large.json(), { type: 'entity.too.large' })
})
