import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import methodOverride = require('method-override')
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(methodOverride('X-HTTP-Method-Override'))
  app.use(methodOverride('_method'))
  app.delete('/resource', (req, res) => {
    res.json({ method: req.method, original: (req as { originalMethod?: string }).originalMethod })
  })
  app.post('/resource', (_req, res) => void res.send('posted'))
  return app
}

test('method-override routes a POST as the method of the header or query', async (t) => {
  const url = await serve(t, site())
  const expected = { method: 'DELETE', original: 'POST' }
  const headers = { 'X-HTTP-Method-Override': 'DELETE' }
  const byHeader = await fetch(`${url}/resource`, { method: 'POST', headers })
  assert.deepEqual(await byHeader.json(), expected)
  assert.equal(byHeader.headers.get('vary'), 'X-HTTP-Method-Override')
  const byQuery = await fetch(`${url}/resource?_method=DELETE`, { method: 'POST' })
  assert.deepEqual(await byQuery.json(), expected)
})

test('method-override leaves GET and unknown methods alone', async (t) => {
  const url = await serve(t, site())
  assert.equal((await fetch(`${url}/resource?_method=DELETE`)).status, 404)
  const unknown = await fetch(`${url}/resource?_method=BOGUS`, { method: 'POST' })
  assert.equal(await unknown.text(), 'posted')
})
