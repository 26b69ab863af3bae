import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import helmet from 'helmet'
import { serve } from './support/serve.cjs'

test('helmet sets its headers and takes X-Powered-By away', async (t) => {
  const app = express()
  app.use(helmet())
  app.get('/', (_req, res) => void res.send('Hello world!'))
  const { headers } = await fetch(await serve(t, app))
  assert.match(headers.get('content-security-policy') ?? '', /^default-src 'self'/)
  assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains')
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN')
  assert.equal(headers.get('x-powered-by'), null)
})

test("the 404 page keeps the final handler's own, stricter policy over helmet's", async (t) => {
  const app = express()
  app.use(helmet())
  const response = await fetch(await serve(t, app))
  assert.equal(response.status, 404)
  assert.equal(response.headers.get('content-security-policy'), "default-src 'none'")
  assert.equal(response.headers.get('x-frame-options'), 'SAMEORIGIN')
})

test("helmet's policy takes functions of the response, and their error goes to the error handler", async (t) => {
  const app = express()
  app.set('env', 'test')
  app.use((_req, res, next) => {
    res.locals.cspNonce = 'abc123'
    next()
  })
  const scriptSrc = [
    "'self'",
    (req: unknown, res: unknown) => {
      if ((req as express.Request).query.fail) throw new Error('no nonce')
      return `'nonce-${(res as express.Response).locals.cspNonce}'`
    },
  ]
  app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc } } }))
  app.get('/', (_req, res) => void res.send('Hello world!'))
  const url = await serve(t, app)
  const { headers } = await fetch(url)
  assert.match(headers.get('content-security-policy') ?? '', /script-src 'self' 'nonce-abc123'/)
  const failed = await fetch(`${url}/?fail=1`)
  assert.equal(failed.status, 500)
  assert.match(await failed.text(), /no nonce/)
})
