import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { addAbortSignal, pipeline, Readable, Transform } from 'node:stream'
import { describe } from 'node:test'
import { fileURLToPath } from 'node:url'
import { alike, onEach, onEachWire } from './beside-node.mjs'
import { Client, eventually, head } from './faults/client.mjs'
import { closed, connectionsOf } from './faults/contestants.mjs'

/*
 * What programs, middleware and agents use of node's messages and servers, beside the events.
 */

const post = (body: string): string =>
  head('POST /', `Content-Length: ${body.length}`, 'Connection: close') + body

onEachWire('the messages as node has them', ({ alike }) => {
  alike('are streams for pipeline()', {
    listener: (note) => (req, res) => {
      const upper = new Transform({
        transform: (chunk, _encoding, done) => done(null, String(chunk).toUpperCase()),
      })
      pipeline(req, upper, res, (error) => note(`over ${error?.message}`))
    },
    talk: (client) => client.send(post('some text')).end(),
  })

  alike('tell pipeline() of a source that fails', {
    listener: (note) => (_req, res) => {
      const source = Readable.from(
        (function* () {
          yield 'some'
          throw new Error('no more')
        })(),
      )
      pipeline(source, res, (error) => note(`over ${error?.message}, errored ${res.errored?.message}`))
    },
    talk: (client) => client.send(head('GET /')).end(),
  })

  for (const part of ['request', 'response'] as const) {
    alike(`are ended by an AbortSignal on the ${part}`, {
      listener: (note) => (req, res) => {
        const controller = new AbortController()
        const stream = part === 'request' ? req : res
        addAbortSignal(controller.signal, stream as Readable)
        stream.on('error', (error) => note(`${part} ${error.name}`))
        res.on('close', () => note(`closed ${req.errored?.name} ${res.errored?.name}`))
        if (part === 'response') res.write('some')
        setImmediate(() => controller.abort())
      },
      talk: (client) => client.send(head('POST /', 'Content-Length: 5')).end(),
    })
  }

  alike('have a signal, where those of node have one', {
    listener: (note) => (req, res) => {
      const { signal } = req as IncomingMessage & { signal?: AbortSignal }
      note(`${signal?.aborted}`)
      signal?.addEventListener('abort', () => note('aborted'))
      res.on('close', () => note('closed'))
      res.write('some')
    },
    async talk(client, server) {
      await client.send(head('GET /')).until('some')
      client.socket.destroy()
      await eventually(async () => (await connectionsOf(server)) === 0)
    },
  })

  alike('keep the error that a response is destroyed with', {
    listener: (note) => (_req, res) => {
      res.on('error', (error) => note(`error ${error.message}`))
      res.on('close', () => note(`close ${res.errored?.message} ${res.destroyed}`))
      res.write('some')
      setImmediate(() => res.destroy(new Error('given up')))
    },
    talk: (client) => client.send(head('GET /')).end(),
  })

  alike('show what middleware and agents read', {
    listener: (note) => (req, res) => {
      const seen = () => {
        const { _header, _hasBody, _contentLength, finished, statusMessage, writableLength } = res as never
        const lines = String(_header).replace(/^Date: .*$/m, 'Date: <now>')
        note(JSON.stringify([lines, _hasBody, _contentLength, finished, statusMessage, writableLength]))
      }
      seen()
      note(`${req.connection === req.socket} ${res.connection === res.socket} ${res.req === req}`)
      note(`${req.socket === res.socket} ${req.socket.remoteAddress} ${typeof req.socket.remotePort}`)
      note(JSON.stringify([req.httpVersion, req.headersDistinct, req.rawHeaders, req.trailers]))
      res.setHeader('X-One', ['1', '2'])
      note(JSON.stringify([res.getHeaders(), res.getHeaderNames()]))
      res.on('finish', seen)
      res.end('text')
      seen()
    },
    talk: (client) => client.send(head('GET /', 'X-Two: 1', 'X-Two: 2', 'Connection: close')).end(),
  })

  alike('can be made by hand for a connection that was handed over', {
    prepare(server) {
      server.on('upgrade', (req, socket: Socket) => {
        const res = new ServerResponse(req)
        res.assignSocket(socket)
        res.on('finish', () => {
          res.detachSocket(socket)
          socket.end()
        })
        res.setHeader('Connection', 'close')
        res.writeHead(404).end('no such protocol')
      })
    },
    talk: (client) => client.send(head('GET /', 'Connection: Upgrade', 'Upgrade: x')).end(),
  })

  alike('give their socket away, and to another response', {
    listener: (note) => (req, res) => {
      const { socket } = req
      const other = new ServerResponse(req)
      assert.throws(() => other.assignSocket(socket), { code: 'ERR_HTTP_SOCKET_ASSIGNED' })
      res.detachSocket(socket)
      note(`${res.socket}`)
      other.assignSocket(socket)
      other.setHeader('Connection', 'close')
      other.on('finish', () => socket.end())
      other.end('by another')
    },
    talk: (client) => client.send(head('GET /')).end(),
  })
})

describe('the server as node has it', () => {
  alike('drops connections beyond maxConnections', {
    prepare(server, note) {
      server.maxConnections = 1
      server.on('drop', (data) => note(`drop ${Object.keys(data ?? {}).includes('remotePort')}`))
    },
    listener: () => (_req, res) => void res.end('served'),
    async talk(client, server) {
      await client.send(head('GET /')).until('served')
      const second = await Client.open((server.address() as { port: number }).port)
      await second.send(head('GET /')).end()
      return [second.received, client.isClosed, await connectionsOf(server)]
    },
  })

  alike('says where it listens, and whether', {
    listener: () => (_req, res) => void res.end('x'),
    async talk(client, server) {
      await client.send(head('GET /')).until('\r\n\r\nx')
      const { address, family } = server.address() as { address: string; family: string }
      const states = [address, family, server.listening, await connectionsOf(server)]
      await closed(server)
      const again = server.listen(0, '127.0.0.1')
      await once(again, 'listening')
      return [...states, server.address() !== null, again === server]
    },
  })

  onEach('lets the process end, once it is told to by unref()', async (_t, { name }) => {
    const module =
      name === 'turbo' ? fileURLToPath(import.meta.resolve('#dist/server/turbo/server.js')) : 'node:http'
    const make = name === 'turbo' ? 'createTurboServer' : 'createServer'
    const script = `
      const server = require(${JSON.stringify(module)}).${make}((req, res) => res.end())
      server.listen(0, '127.0.0.1', () => {
        const client = require('node:net').connect(server.address().port, '127.0.0.1')
        server.on('connection', (socket) => { socket.unref(); client.unref(); server.unref() })
      })`
    const child = spawn(process.execPath, ['-e', script], { stdio: 'inherit', timeout: 20_000 })
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  })
})
