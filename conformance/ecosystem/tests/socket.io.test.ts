import assert from 'node:assert/strict'
import { createServer, type Server as HttpServer } from 'node:http'
import { type TestContext, test } from 'node:test'
import express from 'express'
import { Server } from 'socket.io'
import { io as connect, type Socket } from 'socket.io-client'
import { serveOn } from './support/serve.cjs'

interface Site {
  app: express.Express
  server: HttpServer
}

const sites: Record<string, () => Site> = {
  'http.createServer(app)'() {
    const app = express()
    const server = createServer(app)
    server.listen(0, '127.0.0.1')
    return { app, server }
  },
  "app.listen()'s server"() {
    const app = express()
    return { app, server: app.listen(0, '127.0.0.1') }
  },
}

async function open(t: TestContext, { app, server }: Site) {
  const url = await serveOn(t, server)
  const io = new Server(server)
  t.after(() => io.close())
  app.get('/', (_req, res) => res.send('<h1>Hello world</h1>'))
  io.use((socket, next) => {
    if (socket.handshake.auth.token === 'bad') next(new Error('not authorized'))
    else next()
  })
  io.on('connection', (socket) => {
    socket.on('chat message', (text, acknowledge) => {
      io.emit('chat message', text.toUpperCase())
      acknowledge('got it')
    })
  })
  return url
}

function client(t: TestContext, url: string, options: object): Socket {
  const socket = connect(url, { reconnection: false, forceNew: true, ...options })
  t.after(() => socket.close())
  return socket
}

for (const [name, site] of Object.entries(sites)) {
  for (const transport of ['polling', 'websocket']) {
    test(`socket.io on ${name} speaks over ${transport} beside the application`, async (t) => {
      const url = await open(t, site())
      const socket = client(t, url, { transports: [transport] })
      await new Promise<void>((done, fail) => {
        socket.on('connect', done)
        socket.on('connect_error', fail)
      })
      const heard = new Promise((done) => socket.on('chat message', done))
      assert.equal(await socket.emitWithAck('chat message', 'hello'), 'got it')
      assert.equal(await heard, 'HELLO')
      assert.equal(await (await fetch(url)).text(), '<h1>Hello world</h1>')
      const script = await fetch(`${url}/socket.io/socket.io.js`)
      assert.equal(script.headers.get('content-type'), 'application/javascript; charset=utf-8')
    })
  }

  test(`socket.io on ${name} refuses a client that its middleware refuses, and bad requests`, async (t) => {
    const url = await open(t, site())
    const socket = client(t, url, { auth: { token: 'bad' } })
    const error = await new Promise<Error>((done) => socket.on('connect_error', done))
    assert.equal(error.message, 'not authorized')
    const bad = await fetch(`${url}/socket.io/?EIO=4&transport=nonsense`)
    assert.equal(bad.status, 400)
    assert.deepEqual(await bad.json(), { code: 0, message: 'Transport unknown' })
  })
}
