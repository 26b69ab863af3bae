import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { type AugmentedRequest, slowDown } from 'express-slow-down'
import { serve } from './support/serve.cjs'

test('express-slow-down delays what comes after the first requests', async (t) => {
  const app = express()
  app.use(slowDown({ windowMs: 60_000, delayAfter: 1, delayMs: () => 80 }))
  app.get('/', (req, res) => res.json((req as AugmentedRequest).slowDown))
  const url = await serve(t, app)
  const timed = async () => {
    const start = performance.now()
    const body = (await (await fetch(url)).json()) as { used: number; delay: number }
    return { ...body, took: performance.now() - start }
  }
  const first = await timed()
  assert.equal(first.delay, 0)
  const second = await timed()
  assert.equal(second.used, 2)
  assert.equal(second.delay, 80)
  assert.ok(second.took >= 75, `${second.took} ms`)
})

test("a failing delay function's error reaches the error handler", async (t) => {
  const app = express()
  app.set('env', 'test')
  const delayMs = () => {
    throw new Error('no delay')
  }
  app.use(slowDown({ windowMs: 60_000, delayAfter: 0, delayMs }))
  const response = await fetch(await serve(t, app))
  assert.equal(response.status, 500)
  assert.match(await response.text(), /no delay/)
})
