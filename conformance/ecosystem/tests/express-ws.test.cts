import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import express = require('express')
import expressWs = require('express-ws')
import { WebSocket } from 'ws'
import { serve } from './support/serve.cjs'

function site() {
  const { app, applyTo } = expressWs(express() as never)
  app.use((req, _res, next) => {
    ;(req as { testing?: string }).testing = 'testing'
    next()
  })
  app.get('/', (_req, res) => void res.send('http'))
  app.ws('/echo', (socket, req) => {
    socket.on('message', (message) => socket.send(`${message} ${(req as { testing?: string }).testing}`))
  })
  const router = express.Router()
  applyTo(router as never)
  ;(router as unknown as expressWs.Router).ws('/room/:name', (socket, req) =>
    socket.send(`in ${req.params.name}`),
  )
  app.use('/chat', router as never)
  return app
}

test("express-ws runs the application's middleware and routes for WebSockets", async (t) => {
  const url = await serve(t, site())
  const echo = new WebSocket(`${url.replace('http', 'ws')}/echo`)
  t.after(() => echo.terminate())
  await once(echo, 'open')
  echo.send('hello')
  assert.equal(String((await once(echo, 'message'))[0]), 'hello testing')
  assert.equal(await (await fetch(url)).text(), 'http')
})

test('express-ws finds routes of mounted routers, with their params', async (t) => {
  const url = await serve(t, site())
  const room = new WebSocket(`${url.replace('http', 'ws')}/chat/room/blue`)
  t.after(() => room.terminate())
  assert.equal(String((await once(room, 'message'))[0]), 'in blue')
})

test('express-ws closes a WebSocket that no route takes', async (t) => {
  const url = await serve(t, site())
  const client = new WebSocket(`${url.replace('http', 'ws')}/absent`)
  client.on('error', () => {})
  await once(client, 'close')
  const plain = await fetch(`${url}/echo`)
  assert.equal(plain.status, 404)
})
