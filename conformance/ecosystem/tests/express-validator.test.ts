import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { body, checkSchema, matchedData, param, query, validationResult } from 'express-validator'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(express.json())
  app.get('/hello', query('person').notEmpty().trim().escape(), (req, res) => {
    const result = validationResult(req)
    if (result.isEmpty()) {
      const data = matchedData(req)
      res.send(`Hello, ${data.person}!`)
      return
    }
    res.status(400).send({ errors: result.array() })
  })
  app.put(
    '/users/:id',
    param('id').isInt().toInt(),
    body('email').isEmail().normalizeEmail(),
    checkSchema({ age: { in: ['body'], optional: true, isInt: { options: { min: 18 } }, toInt: true } }),
    (req: express.Request, res: express.Response) => {
      const errors = validationResult(req)
      if (errors.isEmpty()) res.json(matchedData(req))
      else res.status(422).json(errors.mapped())
    },
  )
  return app
}

test('express-validator sanitizes the query and reads body, params and schema', async (t) => {
  const url = await serve(t, site())
  const hello = await fetch(`${url}/hello?person=%20%3Cb%3E%20`)
  assert.equal(await hello.text(), 'Hello, &lt;b&gt;!')
  const put = await fetch(`${url}/users/7`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'Tobi@GMAIL.com', age: '20', other: 1 }),
  })
  assert.deepEqual(await put.json(), { id: 7, email: 'tobi@gmail.com', age: 20 })
})

test('express-validator reports what is wrong and where', async (t) => {
  const url = await serve(t, site())
  const hello = await fetch(`${url}/hello`)
  assert.equal(hello.status, 400)
  assert.deepEqual(await hello.json(), {
    errors: [{ location: 'query', msg: 'Invalid value', path: 'person', type: 'field' }],
  })
  const headers = { 'content-type': 'application/json' }
  const put = await fetch(`${url}/users/x`, { method: 'PUT', headers, body: '{"email":"no","age":3}' })
  assert.equal(put.status, 422)
  assert.deepEqual(Object.keys((await put.json()) as object).toSorted(), ['age', 'email', 'id'])
})
