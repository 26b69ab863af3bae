import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import validate from 'express-zod-safe'
import { z } from 'zod'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(express.json())
  const params = { userId: z.uuid() }
  const query = { age: z.coerce.number().optional() }
  const body = { name: z.string(), email: z.email() }
  app.post('/user/:userId', validate({ params, query, body }), (req, res) => {
    const { age } = req.query
    res.json({ userId: req.params.userId, age, name: req.body.name.toUpperCase() })
  })
  return app
}

const id = 'd9428888-122b-41e1-b85c-61cd3cbee3f2'

function post(url: string, body: unknown) {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

test('express-zod-safe puts the coerced values where the handler reads them', async (t) => {
  const url = await serve(t, site())
  const response = await post(`${url}/user/${id}?age=41`, { name: 'tobi', email: 'tobi@example.com' })
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), { userId: id, age: 41, name: 'TOBI' })
})

test('express-zod-safe answers 400 with what is wrong in each part', async (t) => {
  const url = await serve(t, site())
  const response = await post(`${url}/user/7?age=x`, { name: 'tobi' })
  assert.equal(response.status, 400)
  const errors = (await response.json()) as { type: string }[]
  assert.deepEqual(errors.map((error) => error.type).toSorted(), ['body', 'params', 'query'])
})
