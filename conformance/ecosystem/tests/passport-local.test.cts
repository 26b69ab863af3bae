import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import session = require('express-session')
import passport = require('passport')
import { Strategy as LocalStrategy } from 'passport-local'
import { CookieJar } from './support/cookie-jar.cjs'
import { serve } from './support/serve.cjs'

interface Account {
  id: number
  username: string
}

function site() {
  const accounts: Account[] = [{ id: 7, username: 'jack' }]
  const authenticator = new passport.Passport()
  authenticator.use(
    new LocalStrategy((username, password, done) => {
      if (username === 'broken') return done(new Error('the directory is down'))
      const account = accounts.find((one) => one.username === username)
      if (!account || password !== 'secret') return done(null, false, { message: 'Incorrect.' })
      return done(null, account)
    }),
  )
  authenticator.serializeUser((user, done) => done(null, (user as Account).id))
  authenticator.deserializeUser((id: number, done) =>
    done(null, accounts.find((one) => one.id === id) ?? false),
  )

  const app = express()
  app.set('env', 'test')
  app.use(express.urlencoded({ extended: false }))
  app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }))
  app.use(authenticator.session())
  const options = { failureRedirect: '/login', failureMessage: true }
  app.post('/login', authenticator.authenticate('local', options), (_req, res) => void res.redirect('/'))
  app.get('/', (req, res) => void res.json({ in: req.isAuthenticated(), user: req.user ?? null }))
  app.post('/logout', (req, res, next) => req.logout((error) => (error ? next(error) : res.redirect('/'))))
  return app
}

async function login(url: string, username: string, password: string) {
  const jar = new CookieJar()
  const body = new URLSearchParams({ username, password })
  const response = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' })
  jar.take(response)
  return { response, jar }
}

test('passport-local logs in, keeps the user in the session and logs out', async (t) => {
  const url = await serve(t, site())
  const { response, jar } = await login(url, 'jack', 'secret')
  assert.equal(response.status, 302)
  assert.equal(response.headers.get('location'), '/')
  const home = await fetch(url, { headers: { cookie: jar.field } })
  assert.deepEqual(await home.json(), { in: true, user: { id: 7, username: 'jack' } })

  const logout = { method: 'POST', headers: { cookie: jar.field }, redirect: 'manual' } as const
  jar.take(await fetch(`${url}/logout`, logout))
  const after = await fetch(url, { headers: { cookie: jar.field } })
  assert.deepEqual(await after.json(), { in: false, user: null })
})

test('passport-local sends a wrong password to failureRedirect', async (t) => {
  const url = await serve(t, site())
  const { response } = await login(url, 'jack', 'wrong')
  assert.equal(response.status, 302)
  assert.equal(response.headers.get('location'), '/login')
})

test("the strategy's error is answered by the final handler", async (t) => {
  const url = await serve(t, site())
  const { response } = await login(url, 'broken', 'x')
  assert.equal(response.status, 500)
  assert.match(await response.text(), /the directory is down/)
})
