import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { type AugmentedRequest, rateLimit } from 'express-rate-limit'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.set('trust proxy', 1)
  const limiter = rateLimit({ windowMs: 60_000, limit: 2, standardHeaders: 'draft-8', legacyHeaders: true })
  app.use('/api', limiter)
  app.get('/api', (req, res) => res.json({ used: (req as AugmentedRequest).rateLimit?.used }))
  app.get('/free', (_req, res) => res.send('free'))
  return app
}

test('express-rate-limit counts by req.ip and says what is left', async (t) => {
  const url = await serve(t, site())
  const first = await fetch(`${url}/api`, { headers: { 'x-forwarded-for': '203.0.113.1' } })
  assert.deepEqual(await first.json(), { used: 1 })
  assert.equal(first.headers.get('x-ratelimit-limit'), '2')
  assert.equal(first.headers.get('x-ratelimit-remaining'), '1')
  assert.match(first.headers.get('ratelimit') ?? '', /r=1; t=60/)
  const other = await fetch(`${url}/api`, { headers: { 'x-forwarded-for': '203.0.113.2' } })
  assert.deepEqual(await other.json(), { used: 1 })
})

test('express-rate-limit answers 429 over the limit', async (t) => {
  const url = await serve(t, site())
  const headers = { 'x-forwarded-for': '203.0.113.1' }
  await fetch(`${url}/api`, { headers })
  await fetch(`${url}/api`, { headers })
  const third = await fetch(`${url}/api`, { headers })
  assert.equal(third.status, 429)
  assert.match(await third.text(), /Too many requests/)
  assert.match(third.headers.get('retry-after') ?? '', /^\d+$/)
  assert.equal((await fetch(`${url}/free`, { headers })).status, 200)
})
