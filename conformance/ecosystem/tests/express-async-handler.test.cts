import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import asyncHandler = require('express-async-handler')
import { serve } from './support/serve.cjs'

test('express-async-handler passes a rejection to the error handler, once', async (t) => {
  const app = express()
  const failures: string[] = []
  const load = async (id: string) => {
    if (id === '13') throw new Error('no such thing')
    return { id }
  }
  app.get(
    '/things/:id',
    asyncHandler(async (req, res) => {
      res.json(await load(String(req.params.id)))
    }),
  )
  const onError: express.ErrorRequestHandler = (error, _req, res, _next) => {
    failures.push(error.message)
    res.status(404).send(error.message)
  }
  app.use(onError)
  const url = await serve(t, app)
  assert.deepEqual(await (await fetch(`${url}/things/7`)).json(), { id: '7' })
  const missing = await fetch(`${url}/things/13`)
  assert.equal(missing.status, 404)
  assert.equal(await missing.text(), 'no such thing')
  assert.deepEqual(failures, ['no such thing'])
})
