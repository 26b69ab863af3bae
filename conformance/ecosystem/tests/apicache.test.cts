import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import apicache = require('apicache')
import express = require('express')
import { exchange } from './support/exchange.cjs'
import { serve } from './support/serve.cjs'

/** apicache replaces res.writeHead, res.write and res.end of each response. */
function site(t: TestContext) {
  const cache = apicache.newInstance({ statusCodes: { include: [200] } })
  // The timer of each entry would hold the process up.
  t.after(() => cache.getIndex().all.forEach((key: string) => cache.clear(key)))
  let calls = 0
  const app = express()
  app.get('/json', cache.middleware('5 minutes'), (_req, res) => void res.json({ call: ++calls }))
  app.get('/stream', cache.middleware('5 minutes'), (_req, res) => {
    res.type('text/plain')
    res.write(`call ${++calls}, `)
    res.end('streamed')
  })
  app.get(
    '/missing',
    cache.middleware('5 minutes'),
    (_req, res) => void res.status(404).json({ call: ++calls }),
  )
  app.get('/clear', (_req, res) => void res.json(cache.clear('/json')))
  return app
}

test('apicache answers the second request from memory', async (t) => {
  const url = await serve(t, site(t))
  const first = await exchange(`${url}/json`)
  assert.equal(first.headers['cache-control'], 'max-age=300')
  const second = await exchange(`${url}/json`)
  assert.equal(second.text, '{"call":1}')
  assert.equal(second.headers['content-type'], 'application/json; charset=utf-8')
  assert.equal(second.headers['apicache-store'], 'memory')
  assert.match(String(second.headers['cache-control']), /^max-age=/)
  const etag = second.headers.etag as string
  assert.equal((await exchange(`${url}/json`, { headers: { 'if-none-match': etag } })).status, 304)
  await exchange(`${url}/clear`)
  assert.equal((await exchange(`${url}/json`)).text, '{"call":2}')
})

test('apicache keeps what res.write wrote', async (t) => {
  const url = await serve(t, site(t))
  assert.equal((await exchange(`${url}/stream`)).text, 'call 1, streamed')
  assert.equal((await exchange(`${url}/stream`)).text, 'call 1, streamed')
})

test('apicache does not keep failures', async (t) => {
  const url = await serve(t, site(t))
  assert.equal((await exchange(`${url}/missing`)).text, '{"call":1}')
  assert.equal((await exchange(`${url}/missing`)).text, '{"call":2}')
})
