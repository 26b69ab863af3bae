import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import express from 'express'
import session from 'express-session'
import { WebSocket, WebSocketServer } from 'ws'
import { CookieJar } from './support/cookie-jar.cjs'
import { serve, serveOn } from './support/serve.cjs'

declare module 'express-session' {
  interface SessionData {
    userId: string
  }
}

test("ws shares the server of app.listen with the application's routes", async (t) => {
  const app = express()
  app.get('/', (_req, res) => res.send('http'))
  const server = app.listen(0, '127.0.0.1')
  const url = await serveOn(t, server)
  const sockets = new WebSocketServer({ server, path: '/ws' })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`got ${data}`)))
  const client = new WebSocket(`${url.replace('http', 'ws')}/ws`)
  t.after(() => client.terminate())
  await once(client, 'open')
  client.send('something')
  assert.equal(String((await once(client, 'message'))[0]), 'got something')
  assert.equal(await (await fetch(url)).text(), 'http')
})

/** The "express-session-parse" example of ws: the upgrade runs the application's session middleware. */
function sessionSite() {
  const app = express()
  const sessionParser = session({ saveUninitialized: false, secret: '$eCuRiTy', resave: false })
  app.use(sessionParser)
  app.post('/login', (req, res) => {
    req.session.userId = 'user-1'
    res.send({ result: 'OK' })
  })
  const server = createServer(app)
  const sockets = new WebSocketServer({ clientTracking: false, noServer: true })
  server.on('upgrade', (request, socket, head) => {
    sessionParser(request as express.Request, {} as express.Response, () => {
      const { userId } = (request as express.Request).session
      if (!userId) {
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
    })
  })
  sockets.on('connection', (client: WebSocket, request: IncomingMessage) => {
    client.send(`hello ${(request as express.Request).session.userId}`)
  })
  return server
}

test('ws opens for a client with a session', async (t) => {
  const url = await serve(t, sessionSite())
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/login`, { method: 'POST' }))
  const client = new WebSocket(url.replace('http', 'ws'), { headers: { cookie: jar.field } })
  t.after(() => client.terminate())
  assert.equal(String((await once(client, 'message'))[0]), 'hello user-1')
})

test('ws refuses a client without one', async (t) => {
  const url = await serve(t, sessionSite())
  const client = new WebSocket(url.replace('http', 'ws'))
  const [error] = await once(client, 'error')
  assert.match(String(error), /Unexpected server response: 401/)
})
