import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import basicAuth = require('express-basic-auth')
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  const users = { admin: 'supersecret' }
  app.use(
    basicAuth({ users, challenge: true, realm: 'Imb4T3st4pp', unauthorizedResponse: { error: 'denied' } }),
  )
  app.get('/', (req, res) => void res.send((req as basicAuth.IBasicAuthedRequest).auth.user))
  return app
}

const basic = (credentials: string) => ({
  headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
})

test('express-basic-auth lets known users pass', async (t) => {
  const response = await fetch(await serve(t, site()), basic('admin:supersecret'))
  assert.equal(await response.text(), 'admin')
})

test('express-basic-auth challenges everybody else', async (t) => {
  const url = await serve(t, site())
  for (const init of [{}, basic('admin:wrong'), basic('nobody:supersecret')]) {
    const response = await fetch(url, init)
    assert.equal(response.status, 401)
    assert.equal(response.headers.get('www-authenticate'), 'Basic realm="Imb4T3st4pp"')
    assert.deepEqual(await response.json(), { error: 'denied' })
  }
})
