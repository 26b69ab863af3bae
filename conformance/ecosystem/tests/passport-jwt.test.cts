import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import jsonwebtoken = require('jsonwebtoken')
import passport = require('passport')
import { ExtractJwt, Strategy as JwtStrategy } from 'passport-jwt'
import { serve } from './support/serve.cjs'

const secretOrKey = 'secret'

function site() {
  const authenticator = new passport.Passport()
  const options = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKey,
    issuer: 'accounts.examplesoft.com',
  }
  authenticator.use(
    new JwtStrategy(options, (payload, done) =>
      done(null, payload.sub === 'gone' ? false : { id: payload.sub }),
    ),
  )
  const app = express()
  app.use(authenticator.initialize())
  app.get(
    '/profile',
    authenticator.authenticate('jwt', { session: false }),
    (req, res) => void res.json(req.user),
  )
  return app
}

test('passport-jwt gives req.user for a valid bearer token', async (t) => {
  const url = await serve(t, site())
  const token = jsonwebtoken.sign({ sub: 'tobi' }, secretOrKey, { issuer: 'accounts.examplesoft.com' })
  const response = await fetch(`${url}/profile`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), { id: 'tobi' })
})

test('passport-jwt answers 401 without a token, with a foreign one and for a user that is gone', async (t) => {
  const url = await serve(t, site())
  const issuer = 'accounts.examplesoft.com'
  const tokens = [
    '',
    jsonwebtoken.sign({ sub: 'tobi' }, 'another key', { issuer }),
    jsonwebtoken.sign({ sub: 'tobi' }, secretOrKey, { issuer, expiresIn: -10 }),
    jsonwebtoken.sign({ sub: 'gone' }, secretOrKey, { issuer }),
  ]
  for (const token of tokens) {
    const response = await fetch(`${url}/profile`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(response.status, 401)
    assert.equal(await response.text(), 'Unauthorized')
  }
})
