import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { expressjwt, type Request as JWTRequest } from 'express-jwt'
import jsonwebtoken from 'jsonwebtoken'
import { serve } from './support/serve.cjs'

const secret = 'shhhhhhared-secret'

function site() {
  const app = express()
  app.use(expressjwt({ secret, algorithms: ['HS256'] }).unless({ path: ['/token', /^\/open\//] }))
  app.get('/protected', (req: JWTRequest, res) => {
    if (req.auth?.admin) res.sendStatus(200)
    else res.sendStatus(401)
  })
  app.get('/open/:page', (req, res) => res.send(req.params.page))
  const onError: express.ErrorRequestHandler = (error, _req, res, next) => {
    if (error.name === 'UnauthorizedError') res.status(error.status).json({ code: error.code })
    else next(error)
  }
  app.use(onError)
  return app
}

test('express-jwt gives req.auth, and lets open paths pass', async (t) => {
  const url = await serve(t, site())
  const get = (claims: object) =>
    fetch(`${url}/protected`, { headers: { authorization: `Bearer ${jsonwebtoken.sign(claims, secret)}` } })
  assert.equal((await get({ admin: true })).status, 200)
  assert.equal((await get({ admin: false })).status, 401)
  assert.equal(await (await fetch(`${url}/open/page`)).text(), 'page')
})

test("express-jwt's errors reach the error handler", async (t) => {
  const url = await serve(t, site())
  const missing = await fetch(`${url}/protected`)
  assert.equal(missing.status, 401)
  assert.deepEqual(await missing.json(), { code: 'credentials_required' })
  const bad = await fetch(`${url}/protected`, { headers: { authorization: 'Bearer a.b.c' } })
  assert.deepEqual(await bad.json(), { code: 'invalid_token' })
})
