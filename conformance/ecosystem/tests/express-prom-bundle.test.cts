import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import promBundle = require('express-prom-bundle')
import promClient = require('prom-client')
import { serve } from './support/serve.cjs'

test('express-prom-bundle measures by status, method and path, failures too', async (t) => {
  const promRegistry = new promClient.Registry()
  const app = express()
  app.set('env', 'test')
  app.use(
    promBundle({
      includeMethod: true,
      includePath: true,
      promRegistry,
      normalizePath: [['^/users/.*', '/users/#id']],
    }),
  )
  app.get('/users/:id', (_req, res) => void res.send('user'))
  app.get('/fail', (_req, _res, next) => next(Object.assign(new Error('no'), { status: 503 })))
  const url = await serve(t, app)
  await fetch(`${url}/users/1`)
  await fetch(`${url}/users/2`)
  await fetch(`${url}/fail`)
  const response = await fetch(`${url}/metrics`)
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain/)
  const metrics = await response.text()
  const count = (labels: string) =>
    metrics.match(new RegExp(`http_request_duration_seconds_count\\{${labels}\\} (\\d+)`))?.[1]
  assert.equal(count('status_code="200",method="GET",path="/users/#id"'), '2')
  assert.equal(count('status_code="503",method="GET",path="/fail"'), '1')
})
