import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type Server } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { CERTIFICATE, KEY } from '../support/certificate.mjs'

function helloApp() {
  const app = nozomi()
  app.get('/', (_req, res) => void res.send('hello'))
  return app
}

async function answerOn(t: TestContext, server: Server, target: object): Promise<string> {
  t.after(() => server.close())
  if (!server.listening) await once(server, 'listening')
  const req = httpRequest({ agent: false, ...target })
  req.end()
  const [res] = (await once(req, 'response')) as [import('node:http').IncomingMessage]
  return text(res)
}

const portOf = (server: Server) => ({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })

/** Listens and waits until the callback was called. */
function listening(
  listen: (callback: (error?: Error) => void) => Server,
): Promise<{ server: Server; error?: Error }> {
  return new Promise((resolve) => {
    const server = listen((error) => setImmediate(() => resolve(error ? { server, error } : { server })))
  })
}

describe('app.listen()', () => {
  it('takes a port, a host, a backlog and a callback', async (t) => {
    const { server, error } = await listening((done) => helloApp().listen(0, '127.0.0.1', 5, done))
    assert.equal(error, undefined)
    assert.equal(await answerOn(t, server, portOf(server)), 'hello')
  })

  it('takes a port and a callback, or only a callback', async (t) => {
    const { server } = await listening((done) => helloApp().listen(0, done))
    assert.equal(await answerOn(t, server, portOf(server)), 'hello')
    const other = await listening((done) => helloApp().listen(done))
    assert.equal(await answerOn(t, other.server, portOf(other.server)), 'hello')
  })

  it('takes nothing at all', async (t) => {
    const server = helloApp().listen()
    await once(server, 'listening')
    assert.equal(await answerOn(t, server, portOf(server)), 'hello')
  })

  it('takes an object of options', async (t) => {
    const { server } = await listening((done) =>
      helloApp().listen({ port: 0, host: '127.0.0.1', exclusive: true }, done),
    )
    assert.equal(await answerOn(t, server, portOf(server)), 'hello')
  })

  it('speaks TLS when there is a key and a certificate among the options, whatever the server', async (t) => {
    const server = helloApp().listen({ port: 0, host: '127.0.0.1', key: KEY, cert: CERTIFICATE })
    t.after(() => server.close())
    if (!server.listening) await once(server, 'listening')
    const req = httpsRequest({ ...portOf(server), agent: false, ca: CERTIFICATE }).end()
    const [res] = (await once(req, 'response')) as [import('node:http').IncomingMessage]
    assert.equal(await text(res), 'hello')
  })

  it('takes the path of a socket', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'nozomi-socket-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const socketPath = join(folder, 'app.sock')
    const { server } = await listening((done) => helloApp().listen(socketPath, done))
    assert.equal(await answerOn(t, server, { socketPath }), 'hello')
  })

  it('takes the handle of a server that listens already', async (t) => {
    const net = createNetServer().listen(0, '127.0.0.1')
    await once(net, 'listening')
    t.after(() => net.close())
    const { server } = await listening((done) => helloApp().listen(net, done))
    assert.equal(
      await answerOn(t, server, { host: '127.0.0.1', port: (net.address() as AddressInfo).port }),
      'hello',
    )
  })

  it('tells its callback of a port in use, once, and nobody else', async (t) => {
    const first = await listening((done) => helloApp().listen(0, '127.0.0.1', done))
    t.after(() => first.server.close())
    let calls = 0
    const { port } = first.server.address() as AddressInfo
    const second = await listening((done) =>
      helloApp().listen(port, '127.0.0.1', (error) => {
        calls++
        done(error)
      }),
    )
    assert.equal((second.error as NodeJS.ErrnoException).code, 'EADDRINUSE')
    assert.equal(calls, 1)
  })

  it('gives the error to listeners of the server when there is no callback', async (t) => {
    const first = await listening((done) => helloApp().listen(0, '127.0.0.1', done))
    t.after(() => first.server.close())
    const second = helloApp().listen((first.server.address() as AddressInfo).port, '127.0.0.1')
    const [error] = (await once(second, 'error')) as [NodeJS.ErrnoException]
    assert.equal(error.code, 'EADDRINUSE')
  })
})
