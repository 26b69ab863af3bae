import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import cors from 'cors'
import helmet from 'helmet'
import { WebSocketServer } from 'ws'
import type { Framework } from './framework.mjs'

/** Server-sent events, long polling and WebSocket from one bus. */
export function createRealtime(express: Framework) {
  const bus = new EventEmitter({ captureRejections: true }).setMaxListeners(0)
  const app = express()
  app.use(helmet(), cors())
  app.use(express.json())

  app.get('/events', (req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' })
    const send = (text: string): void => void res.write(`data: ${text}\n\n`)
    bus.on('message', send)
    res.write(': welcome\n\n')
    req.on('close', () => bus.off('message', send))
  })
  app.get('/poll', async (_req, res) => {
    const [text] = await once(bus, 'message', { signal: AbortSignal.timeout(30_000) })
    res.json({ text })
  })
  app.post('/messages', (req, res) => {
    bus.emit('message', String(req.body.text))
    res.sendStatus(204)
  })
  app.get('/', (_req, res) => {
    res.type('html').send('<!doctype html><title>Live</title>')
  })
  app.use((_req, res, next) => {
    if (res.writableEnded) return
    next()
  })
  return { app, bus }
}

/** The server that it runs on: sockets don't come by the application. */
export function serveRealtime(express: Framework): Server {
  const { app, bus } = createRealtime(express)
  const server = createServer(app)
  const sockets = new WebSocketServer({ server, path: '/socket' })
  sockets.on('connection', (socket) => {
    const send = (text: string): void => socket.send(text)
    bus.on('message', send)
    socket.on('close', () => bus.off('message', send))
  })
  return server
}
