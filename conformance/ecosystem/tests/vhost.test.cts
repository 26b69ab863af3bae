import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import vhost = require('vhost')
import { exchange } from './support/exchange.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const mail = express()
  mail.get('/', (req, res) => void res.send(`mail at ${req.hostname}`))
  const users = express()
  users.use((req, res) => {
    const { 0: user, host, length } = (req as unknown as vhost.Request).vhost
    res.json({ user, host, length, path: req.path })
  })
  const app = express()
  app.use(vhost('mail.example.com', mail as unknown as vhost.Handler))
  app.use(vhost('*.users.example.com', users as unknown as vhost.Handler))
  return app
}

test('vhost hands requests to the application of their host', async (t) => {
  const url = await serve(t, site())
  const mail = await exchange(url, { headers: { host: 'mail.example.com' } })
  assert.equal(mail.text, 'mail at mail.example.com')
  const user = await exchange(`${url}/page`, { headers: { host: 'tobi.users.example.com:8080' } })
  const expected = { user: 'tobi', host: 'tobi.users.example.com:8080', length: 1, path: '/page' }
  assert.deepEqual(JSON.parse(user.text), expected)
})

test('vhost leaves other hosts, and what the inner application does not answer, to the outer one', async (t) => {
  const url = await serve(t, site())
  assert.equal((await exchange(url, { headers: { host: 'other.example.com' } })).status, 404)
  const missing = await exchange(`${url}/absent`, { headers: { host: 'mail.example.com' } })
  assert.equal(missing.status, 404)
  assert.match(missing.text, /Cannot GET \/absent/)
})
