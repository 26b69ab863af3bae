import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import express = require('express')
import morgan = require('morgan')
import { serve } from './support/serve.cjs'

function site(format: string) {
  const stream = new PassThrough({ encoding: 'utf8' })
  const app = express()
  app.set('env', 'production')
  app.set('trust proxy', true)
  morgan.token('id', (req) => String(req.headers['x-request-id']))
  app.use(morgan(format, { stream }))
  app.get('/', (_req, res) => void res.send('hello, world!'))
  app.use('/mounted', (_req, res) => void res.status(201).json({}))
  app.get('/fail', (_req, _res, next) => next(Object.assign(new Error('no'), { status: 503 })))
  return { app, line: async () => String((await once(stream, 'data'))[0]) }
}

test('morgan logs a line in the combined format', async (t) => {
  const { app, line } = site('combined')
  const url = await serve(t, app)
  const headers = { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'test', referer: 'http://example.com/' }
  const [logged] = await Promise.all([line(), fetch(url, { headers })])
  assert.match(
    logged,
    /^203\.0\.113\.9 - - \[.+\] "GET \/ HTTP\/1\.1" 200 13 "http:\/\/example\.com\/" "test"\n$/,
  )
})

test('morgan logs the original url, custom tokens and times', async (t) => {
  const { app, line } = site(':id :method :url :status :res[content-length] - :response-time ms')
  const url = await serve(t, app)
  const [logged] = await Promise.all([
    line(),
    fetch(`${url}/mounted/x?y=1`, { headers: { 'x-request-id': '42' } }),
  ])
  assert.match(logged, /^42 GET \/mounted\/x\?y=1 201 2 - \d+\.\d{3} ms\n$/)
})

test('morgan logs the status that the final handler gives to errors and unknown paths', async (t) => {
  const { app, line } = site(':status :url')
  const url = await serve(t, app)
  assert.equal((await Promise.all([line(), fetch(`${url}/fail`)]))[0], '503 /fail\n')
  assert.equal((await Promise.all([line(), fetch(`${url}/absent`)]))[0], '404 /absent\n')
})
