import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import responseTime = require('response-time')
import { serve } from './support/serve.cjs'

test('response-time adds its header to answers and to the 404 page', async (t) => {
  const app = express()
  app.use(responseTime())
  app.get('/', (_req, res) => void setTimeout(() => res.send('hello, world!'), 20))
  const url = await serve(t, app)
  const { headers } = await fetch(url)
  const time = headers.get('x-response-time') ?? ''
  assert.match(time, /^\d+\.\d{3}ms$/)
  assert.ok(Number.parseFloat(time) >= 15, time)
  const missing = await fetch(`${url}/absent`)
  assert.equal(missing.status, 404)
  assert.match(missing.headers.get('x-response-time') ?? '', /ms$/)
})

test('response-time gives the time to a function', async (t) => {
  const app = express()
  const times: [string | undefined, number][] = []
  app.use(responseTime((req, _res, time) => times.push([req.url, time])))
  app.get('/', (_req, res) => void res.send('hello, world!'))
  const response = await fetch(await serve(t, app))
  assert.equal(response.headers.get('x-response-time'), null)
  assert.equal(times.length, 1)
  assert.ok((times[0]?.[1] ?? -1) > 0)
})
