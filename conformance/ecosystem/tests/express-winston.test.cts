import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Writable } from 'node:stream'
import express = require('express')
import expressWinston = require('express-winston')
import winston = require('winston')
import { serve } from './support/serve.cjs'

interface Entry {
  level: string
  message: string
  meta: {
    req?: { url: string; body?: unknown }
    res?: { statusCode: number; body?: unknown }
    message?: string
  }
}

function site() {
  const entries: Entry[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      entries.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const transports = [new winston.transports.Stream({ stream })]
  const format = winston.format.json()
  const app = express()
  app.set('env', 'production')
  app.use(express.json())
  app.use(
    expressWinston.logger({
      transports,
      format,
      msg: 'HTTP {{req.method}} {{req.url}}',
      requestWhitelist: [...expressWinston.requestWhitelist, 'body'],
      responseWhitelist: [...expressWinston.responseWhitelist, 'body'],
    }),
  )
  app.post('/echo', (req, res) => void res.json({ got: req.body }))
  app.get('/error', (_req, _res, next) => next(new Error('this should be logged')))
  app.use(expressWinston.errorLogger({ transports, format }))
  return { app, entries }
}

test('express-winston logs request and response, with both bodies', async (t) => {
  const { app, entries } = site()
  const url = await serve(t, app)
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/echo`, { method: 'POST', headers, body: '{"a":1}' })
  assert.deepEqual(await response.json(), { got: { a: 1 } })
  assert.equal(entries.length, 1)
  const [entry] = entries as [Entry]
  assert.equal(entry.message, 'HTTP POST /echo')
  assert.deepEqual(entry.meta.req?.body, { a: 1 })
  assert.equal(entry.meta.res?.statusCode, 200)
  assert.deepEqual(entry.meta.res?.body, { got: { a: 1 } })
})

test('express-winston logs the error and leaves the answer to the final handler', async (t) => {
  const { app, entries } = site()
  const url = await serve(t, app)
  const response = await fetch(`${url}/error`)
  assert.equal(response.status, 500)
  const failure = entries.find((entry) => entry.level === 'error')
  assert.match(failure?.meta.message ?? '', /this should be logged/)
  const request = entries.find((entry) => entry.level === 'info')
  assert.equal(request?.meta.res?.statusCode, 500)
})
