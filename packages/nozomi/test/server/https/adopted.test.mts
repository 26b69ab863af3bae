import assert from 'node:assert/strict'
import { once } from 'node:events'
import { IncomingMessage, type RequestListener } from 'node:http'
import { Agent, createServer, request, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { CERTIFICATE, KEY } from '../../support/certificate.mjs'
import { countPrototypeChanges } from '../../support/prototype-changes.mjs'

/** Serves over TLS until the test ends; gives a function that asks for a path, on one connection or on new ones. */
async function serveSecurely(t: TestContext, listener: unknown, options: ServerOptions = {}) {
  const server = createServer({ key: KEY, cert: CERTIFICATE, ...options }, listener as RequestListener)
  const agent = new Agent({ ca: CERTIFICATE, keepAlive: true, maxSockets: 1 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    agent.destroy()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  async function ask(path: string, isKept = true): Promise<string> {
    const connection = isKept ? { agent } : { agent: false as const, ca: CERTIFICATE }
    const req = request({ host: '127.0.0.1', port, path, ...connection })
    req.end()
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    return text(res)
  }
  return { server, ask }
}

function secureApp() {
  const app = nozomi()
  app.get('/whose', (req, res) => {
    const isOwn = [req, res].map((message) => message.app === app)
    res.json({ isOwn, secure: req.secure, protocol: req.protocol, url: req.originalUrl })
  })
  return app
}

const ANSWER = '{"isOwn":[true,true],"secure":true,"protocol":"https","url":"/whose"}'

describe('https.createServer(options, app)', () => {
  it('changes the prototype of messages for the first request only', async (t) => {
    const { ask } = await serveSecurely(t, secureApp())
    const first = await countPrototypeChanges(t, async () => assert.equal(await ask('/whose'), ANSWER))
    assert.equal(first, 2)
    const later = await countPrototypeChanges(t, async () => {
      for (let i = 0; i < 5; i++) assert.equal(await ask('/whose'), ANSWER)
      for (let i = 0; i < 3; i++) assert.equal(await ask('/whose', false), ANSWER)
    })
    assert.equal(later, 0)
  })

  it('changes it for every request where the application is not the only listener', async (t) => {
    const { server, ask } = await serveSecurely(t, secureApp())
    server.on('request', () => {})
    const count = await countPrototypeChanges(t, async () => {
      for (let i = 0; i < 3; i++) assert.equal(await ask('/whose'), ANSWER)
    })
    assert.equal(count, 6)
  })

  it('keeps message classes that the options name', async (t) => {
    class Mine extends IncomingMessage {
      mine = 'mine'
    }
    const app = nozomi()
    app.get('/', (req, res) => void res.send((req as unknown as Mine).mine))
    const { ask } = await serveSecurely(t, app, { IncomingMessage: Mine })
    for (let i = 0; i < 3; i++) assert.equal(await ask('/'), 'mine')
  })
})
