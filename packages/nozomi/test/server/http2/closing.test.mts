import assert from 'node:assert/strict'
import { once } from 'node:events'
import https from 'node:https'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import nozomi from 'nozomi'
import { CERTIFICATE } from '../../support/certificate.mjs'
import { answerOf, listenHttp2, TRANSPORTS } from './http2-client.mjs'

function slow(ms = 80) {
  const app = nozomi()
  app.get('/', async (_req, res) => {
    res.write('one ')
    await wait(ms)
    res.end('two')
  })
  return app
}

for (const { name, options } of TRANSPORTS) {
  describe(`a server of ${name}`, () => {
    it('waits, when closed, for what is under way, and takes nothing more', async (t) => {
      const { server, open, session } = await listenHttp2(t, slow(), options)
      const stream = open({ ':path': '/' })
      await once(stream, 'response')
      const going = once(session, 'goaway')
      const closed = new Promise((resolve) => server.close(resolve))
      await going
      assert.equal((await answerOf2(stream)).body, 'one two')
      assert.equal(await closed, undefined)
      assert.equal(session.destroyed || session.closed, true)
    })

    it('closes connections without a request at once', async (t) => {
      const { server, session, ask } = await listenHttp2(t, slow(1), options)
      await ask('/')
      const closed = once(session, 'close')
      const from = Date.now()
      await new Promise((resolve) => server.close(resolve))
      await closed
      assert.ok(Date.now() - from < 1000)
    })

    it('has closeIdleConnections(), which leaves the others', async (t) => {
      const app = slow()
      const { server, session, open, port } = await listenHttp2(t, app, options)
      const { connect } = await import('node:http2')
      const idle = connect(`${name === 'h2' ? 'https' : 'http'}://localhost:${port}`, { ca: CERTIFICATE })
      t.after(() => idle.destroy())
      await once(idle, 'remoteSettings')
      const stream = open({ ':path': '/' })
      await once(stream, 'response')
      const closed = once(idle, 'close')
      server.closeIdleConnections()
      await closed
      assert.equal(session.closed, false)
      assert.equal((await answerOf2(stream)).body, 'one two')
    })

    it('has closeAllConnections(), after which close() does not wait', async (t) => {
      const { server, open, session } = await listenHttp2(t, slow(10_000), options)
      const stream = open({ ':path': '/' })
      stream.on('error', () => {})
      await once(stream, 'response')
      const gone = once(session, 'close')
      server.closeAllConnections()
      await gone
      await new Promise((resolve) => server.close(resolve))
    })

    it('calls the callback of close() with an error when it does not listen, and can listen again', async () => {
      const server = nozomi.createServer(slow(), { server: 'http2', ...options })
      const error = await new Promise<(Error & { code?: string }) | undefined>((resolve) =>
        server.close(resolve),
      )
      assert.equal(error?.code, 'ERR_SERVER_NOT_RUNNING')
      for (let i = 0; i < 2; i++) {
        server.listen(0, '127.0.0.1')
        await once(server, 'listening')
        await new Promise((resolve) => server.close(resolve))
      }
    })
  })
}

it('a server of h2 closes its connections of HTTP/1.1, too', async (t) => {
  const app = nozomi()
  app.get('/', (_req, res) => void res.send('ok'))
  const { server, port } = await listenHttp2(t, app, TRANSPORTS[1].options)
  const agent = new https.Agent({ keepAlive: true, ca: CERTIFICATE })
  t.after(() => agent.destroy())
  const req = https.get({ host: '127.0.0.1', port, agent })
  const [res] = await once(req, 'response')
  res.resume()
  await once(res, 'end')
  const from = Date.now()
  await new Promise((resolve) => server.close(resolve))
  assert.ok(Date.now() - from < 1000)
})

async function answerOf2(stream: Parameters<typeof answerOf>[0]): Promise<{ body: string }> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return { body: Buffer.concat(pieces).toString() }
}
