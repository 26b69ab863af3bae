import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { type Client, listen } from '../support/serve.mjs'

/** Sends a head with `Expect: 100-continue`, and the body when it is asked for; gives all answers. */
async function askExpecting(_t: TestContext, client: Client, length: number): Promise<string> {
  const socket = connect(client.port, '127.0.0.1')
  socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n` +
      'Expect: 100-continue\r\n\r\n',
  )
  let answers = ''
  for await (const chunk of socket) {
    answers += chunk
    if (answers === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write('x'.repeat(length))
  }
  return answers
}

describe('Expect: 100-continue', () => {
  it('is answered with 100 when the body is first read', async (t) => {
    const app = nozomi()
    app.use(nozomi.text())
    app.post('/', (req, res) => void res.send(`${req.body.length}`))
    const answers = await askExpecting(t, await listen(t, app), 10)
    assert.match(answers, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
    assert.match(answers, /\r\n\r\n10$/)
  })

  it('is not answered with 100 when nobody reads the body', async (t) => {
    const app = nozomi()
    app.post('/', (_req, res) => void res.status(401).send('no'))
    const answers = await askExpecting(t, await listen(t, app), 10)
    assert.match(answers, /^HTTP\/1\.1 401 Unauthorized\r\n/)
  })

  it('is not answered with 100 when the length alone is too much', async (t) => {
    const app = nozomi()
    app.set('env', 'test')
    app.use(nozomi.text({ limit: '1kb' }))
    const answers = await askExpecting(t, await listen(t, app), 10_000)
    assert.match(answers, /^HTTP\/1\.1 413 Payload Too Large\r\n/)
    assert.doesNotMatch(answers, /100 Continue/)
  })

  it('is left to a listener that the server already has', async (t) => {
    const app = nozomi()
    app.post('/', (_req, res) => void res.send('app'))
    const client = await listen(t, app)
    client.server.on('checkContinue', (_req, res) => {
      res.statusCode = 417
      res.end()
    })
    assert.match(await askExpecting(t, client, 10), /^HTTP\/1\.1 417 /)
  })
})
