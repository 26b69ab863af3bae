import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import swStats = require('swagger-stats')
import { serve } from './support/serve.cjs'

interface Stats {
  all: { requests: number; responses: number; errors: number }
  apistats: Record<string, Record<string, { requests: number; client_error: number }>>
}

test('swagger-stats counts requests and errors by route pattern', async (t) => {
  const app = express()
  app.set('env', 'test')
  app.use(swStats.getMiddleware({ name: 'test', timelineBucketDuration: 1000 }))
  t.after(() => swStats.stop())
  app.get(
    '/pets/:id',
    (req, res) => void res.status(req.params.id === '13' ? 404 : 200).json({ id: req.params.id }),
  )
  const url = await serve(t, app)
  await fetch(`${url}/pets/1`)
  await fetch(`${url}/pets/13`)
  await fetch(`${url}/absent`)
  const stats = (await (await fetch(`${url}/swagger-stats/stats?fields=apistats`)).json()) as Stats
  assert.equal(stats.all.responses, 3)
  assert.equal(stats.all.errors, 2)
  assert.equal(stats.apistats['/pets/:id']?.GET?.requests, 2)
  assert.equal(stats.apistats['/pets/:id']?.GET?.client_error, 1)
  const metrics = await (await fetch(`${url}/swagger-stats/metrics`)).text()
  assert.match(metrics, /api_request_total\{method="GET",path="\/pets\/:id",code="200"\} 1/)
})
