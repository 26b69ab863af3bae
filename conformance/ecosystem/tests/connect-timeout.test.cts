import assert from 'node:assert/strict'
import { test } from 'node:test'
import timeout = require('connect-timeout')
import express = require('express')
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  app.use(timeout('60ms'))
  app.get('/fast', (_req, res) => void res.send('fast'))
  app.get('/slow', (req, res) => {
    setTimeout(() => {
      if (!req.timedout) res.send('slow')
    }, 150)
  })
  app.get('/patient', (req, res) => {
    req.clearTimeout()
    setTimeout(() => res.send('patient'), 100)
  })
  return app
}

test('connect-timeout lets fast and patient handlers answer', async (t) => {
  const url = await serve(t, site())
  assert.equal(await (await fetch(`${url}/fast`)).text(), 'fast')
  assert.equal(await (await fetch(`${url}/patient`)).text(), 'patient')
})

test('connect-timeout answers 503 for a handler that takes too long', async (t) => {
  const url = await serve(t, site())
  const response = await fetch(`${url}/slow`)
  assert.equal(response.status, 503)
  assert.match(await response.text(), /Response timeout/)
})
