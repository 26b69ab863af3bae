import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import express from 'express'
import { pinoHttp } from 'pino-http'
import { serve } from './support/serve.cjs'

interface Line {
  msg: string
  req: { id: string; method: string; url: string; query: unknown; params: unknown }
  res?: { statusCode: number; headers: Record<string, unknown> }
  err?: { message: string }
}

function site() {
  const stream = new PassThrough({ encoding: 'utf8' })
  const lines: Line[] = []
  stream.on('data', (chunk: string) => {
    for (const line of chunk.trim().split('\n')) lines.push(JSON.parse(line))
  })
  const app = express()
  app.set('env', 'production')
  app.use(pinoHttp({ genReqId: (req) => String(req.headers['x-request-id']) }, stream))
  app.get('/users/:id', (req, res) => {
    req.log.info('something else')
    res.json({ id: req.id })
  })
  app.get('/fail', (_req, _res, next) => next(new Error('boom')))
  app.use((error: Error, _req: express.Request, res: express.Response, next: express.NextFunction) => {
    res.err = error
    next(error)
  })
  return { app, lines }
}

test('pino-http logs a completed request, and what req.log says, under one request id', async (t) => {
  const { app, lines } = site()
  const url = await serve(t, app)
  const response = await fetch(`${url}/users/7?full=1`, { headers: { 'x-request-id': 'r-1' } })
  assert.deepEqual(await response.json(), { id: 'r-1' })
  await until(() => lines.length === 2)
  const [said, completed] = lines as [Line, Line]
  assert.equal(said.msg, 'something else')
  assert.equal(said.req.id, 'r-1')
  assert.equal(completed.msg, 'request completed')
  assert.deepEqual(
    { url: completed.req.url, query: completed.req.query, status: completed.res?.statusCode },
    { url: '/users/7?full=1', query: { full: '1' }, status: 200 },
  )
  assert.match(String(completed.res?.headers['content-type']), /json/)
})

test('pino-http logs a failed request as an error', async (t) => {
  const { app, lines } = site()
  const url = await serve(t, app)
  assert.equal((await fetch(`${url}/fail`)).status, 500)
  await until(() => lines.length === 1)
  const [failed] = lines as [Line]
  assert.equal(failed.msg, 'request errored')
  assert.equal(failed.err?.message, 'boom')
  assert.equal(failed.res?.statusCode, 500)
})

async function until(condition: () => boolean) {
  for (let waited = 0; !condition() && waited < 200; waited++)
    await new Promise((done) => setTimeout(done, 5))
}
