import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { test } from 'node:test'
import express from 'express'
import * as httpContext from 'express-http-context'
import { serve } from './support/serve.cjs'

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('express-http-context keeps concurrent requests apart, through timers and body parsers', async (t) => {
  const app = express()
  app.use(httpContext.middleware)
  app.use(async (req, _res, next) => {
    httpContext.set('user', req.get('authorization'))
    await pause(5)
    next()
  })
  app.use(express.json())
  app.post('/', async (req, res) => {
    await pause(10 - Number(req.body.order))
    res.json({ user: httpContext.get('user') })
  })
  const url = await serve(t, app)
  const users = Array.from({ length: 8 }, (_, order) => `user-${order}`)
  const seen = await Promise.all(
    users.map(async (user, order) => {
      const headers = { authorization: user, 'content-type': 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ order }) })
      return ((await response.json()) as { user: string }).user
    }),
  )
  assert.deepEqual(seen, users)
})

test('an AsyncLocalStorage of the application reaches handlers, params, views and error handlers', async (t) => {
  const storage = new AsyncLocalStorage<{ id: string }>()
  const seen: string[] = []
  const note = (place: string) => seen.push(`${place} ${storage.getStore()?.id}`)
  const app = express()
  app.use((req, _res, next) => storage.run({ id: req.get('x-request-id') ?? '' }, next))
  app.param('id', (_req, _res, next) => {
    note('param')
    setImmediate(next)
  })
  app.engine('html', (_path, _options, done) => {
    note('view')
    done(null, 'view')
  })
  app.get('/:id', async (req, res) => {
    note('handler')
    res.on('finish', () => note('finish'))
    await pause(1)
    if (req.params.id === 'fail') throw new Error('fail')
    res.send('done')
  })
  app.use(((_error, _req, res, _next) => {
    note('error')
    res.status(500).end()
  }) as express.ErrorRequestHandler)
  const url = await serve(t, app)
  await fetch(`${url}/7`, { headers: { 'x-request-id': 'a' } })
  await fetch(`${url}/fail`, { headers: { 'x-request-id': 'b' } })
  const inRequest = seen.filter((line) => !line.startsWith('finish'))
  assert.deepEqual(inRequest, ['param a', 'handler a', 'param b', 'handler b', 'error b'])
})

test('without its middleware express-http-context knows nothing', async (t) => {
  const app = express()
  app.get('/', (_req, res) => {
    httpContext.set('user', 'tobi')
    res.json({ user: httpContext.get('user') ?? null })
  })
  assert.deepEqual(await (await fetch(await serve(t, app))).json(), { user: null })
})
