import assert from 'node:assert/strict'
import http, { type Server } from 'node:http'
import https from 'node:https'
import { connect } from 'node:tls'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { CERTIFICATE, KEY } from '../../support/certificate.mjs'
import { countPrototypeChanges } from '../../support/prototype-changes.mjs'
import { serveOn } from '../../support/serve.mjs'

/** Whether a server reads requests by itself: node:http answers a request line with HTTP/2.0, we do not. */
async function isTurbo(t: TestContext, server: Server): Promise<boolean> {
  const client = await serveOn(t, server)
  return (await client.raw('GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\nConnection: close\r\n\r\n')).includes(
    ' 400 ',
  )
}

function hello() {
  const app = nozomi()
  app.get('/', (req, res) => void res.json({ secure: req.secure, own: req.app === app }))
  return app
}

function setServer(t: TestContext, name: string): void {
  const { NOZOMI_SERVER: before } = process.env
  process.env['NOZOMI_SERVER'] = name
  t.after(() => {
    if (before === undefined) delete process.env['NOZOMI_SERVER']
    else process.env['NOZOMI_SERVER'] = before
  })
}

describe('the server of an application', () => {
  it('is node:http unless told otherwise', async (t) => {
    setServer(t, '')
    assert.equal(await isTurbo(t, hello().listen(0, '127.0.0.1')), false)
  })

  it('is turbo by the option of app.listen()', async (t) => {
    const server = hello().listen({ port: 0, host: '127.0.0.1', server: 'turbo' })
    assert.ok(server instanceof http.Server)
    assert.equal(await isTurbo(t, server), true)
  })

  it('is turbo by the environment, unless the option says otherwise', async (t) => {
    setServer(t, 'turbo')
    assert.equal(await isTurbo(t, hello().listen(0, '127.0.0.1')), true)
    assert.equal(await isTurbo(t, hello().listen({ port: 0, host: '127.0.0.1', server: 'node' })), false)
  })

  it('is what createServer() is told', async (t) => {
    setServer(t, '')
    assert.equal(await isTurbo(t, nozomi.createServer(hello())), false)
    assert.equal(await isTurbo(t, nozomi.createServer(hello(), { server: 'turbo' })), true)
  })

  it('is HTTP/2 by the option and by the environment', async (t) => {
    setServer(t, 'http2')
    for (const server of [
      hello().listen(0, '127.0.0.1'),
      nozomi.createServer(hello(), { server: 'http2' }),
    ]) {
      t.after(() => server.close())
      assert.equal(server instanceof http.Server, false)
      assert.equal('updateSettings' in server, true)
    }
  })

  it('speaks TLS when app.listen() is given a certificate beside its name', async (t) => {
    for (const name of ['node', 'turbo'] as const) {
      const server = hello().listen({ port: 0, host: '127.0.0.1', server: name, key: KEY, cert: CERTIFICATE })
      assert.ok(server instanceof https.Server)
      await serveOn(t, server)
    }
  })

  it('is refused by a name that there is not, which the error names', (t) => {
    const unknown = { code: 'NOZOMI_SERVER_UNKNOWN', status: 500 }
    assert.throws(() => hello().listen({ port: 0, server: 'steam' as 'turbo' }), {
      ...unknown,
      message: /the option `server` names the server "steam".* 'node' .* 'turbo' or 'http2'/,
    })
    setServer(t, 'steam')
    assert.throws(() => hello().listen(0), { ...unknown, message: /NOZOMI_SERVER names the server "steam"/ })
  })

  it('constructs the messages of the application, and never changes a prototype', async (t) => {
    const client = await serveOn(t, nozomi.createServer(hello(), { server: 'turbo' }))
    const changes = await countPrototypeChanges(t, async () => {
      for (let i = 0; i < 3; i++) assert.equal((await client.get('/')).body, '{"secure":false,"own":true}')
    })
    assert.equal(changes, 0)
  })

  it('checks the options as node does', () => {
    assert.throws(() => nozomi.createServer(hello(), { server: 'turbo', headersTimeout: -1 }), {
      code: 'ERR_OUT_OF_RANGE',
    })
  })
})

describe('turbo over TLS', () => {
  it('serves, as an https.Server', async (t) => {
    const server = nozomi.createServer(hello(), { server: 'turbo', key: KEY, cert: CERTIFICATE })
    assert.ok(server instanceof https.Server)
    const { port } = await serveOn(t, server)
    for (let i = 0; i < 2; i++) {
      const answer = await new Promise<string>((resolve, reject) => {
        https
          .get({ host: '127.0.0.1', port, ca: CERTIFICATE }, (res) => resolve(text(res)))
          .on('error', reject)
      })
      assert.equal(answer, '{"secure":true,"own":true}')
    }
  })

  it('answers requests that come in pieces, on one connection', async (t) => {
    const { port } = await serveOn(
      t,
      nozomi.createServer(hello(), { server: 'turbo', key: KEY, cert: CERTIFICATE }),
    )
    const socket = connect({ host: '127.0.0.1', port, ca: CERTIFICATE, checkServerIdentity: () => undefined })
    for (const piece of ['GET / HT', 'TP/1.1\r\nHo', 'st: x\r\nConnection: close\r\n\r', '\n']) {
      socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    assert.match(await text(socket), /\{"secure":true,"own":true\}$/)
  })
})
