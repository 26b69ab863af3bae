import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { type TestContext, test } from 'node:test'
import express from 'express'
import { createHttpTerminator } from 'http-terminator'
import { serveOn } from './support/serve.cjs'

/** Requests on kept connections: a response in flight, and a connection that idles after one. */
async function busySite(t: TestContext, gracefulTerminationTimeout: number) {
  const app = express()
  let finish = () => {}
  app.get('/quick', (_req, res) => res.send('quick'))
  app.get('/slow', (_req, res) => {
    finish = () => res.send('slow')
  })
  const server = app.listen(0, '127.0.0.1')
  const terminator = createHttpTerminator({ server, gracefulTerminationTimeout })
  const url = await serveOn(t, server)
  const agent = new Agent({ keepAlive: true })
  t.after(() => agent.destroy())
  const [quick] = (await once(get(`${url}/quick`, { agent }), 'response')) as [IncomingMessage]
  await once(quick.resume(), 'end')
  const requested = once(server, 'request')
  const slow = once(get(`${url}/slow`, { agent: false, headers: { connection: 'keep-alive' } }), 'response')
  slow.catch(() => {})
  await requested
  return { terminator, slow: slow as Promise<[IncomingMessage]>, finish: () => finish(), url }
}

test('http-terminator lets the response in flight end, and closes idle connections', async (t) => {
  const { terminator, slow, finish, url } = await busySite(t, 2000)
  const terminated = terminator.terminate()
  setTimeout(finish, 30)
  const [response] = await slow
  assert.equal(response.statusCode, 200)
  assert.equal(response.headers.connection, 'close')
  response.resume()
  await terminated
  await assert.rejects(fetch(`${url}/quick`))
})

test('http-terminator cuts a response that does not end in time', async (t) => {
  const { terminator, slow } = await busySite(t, 50)
  await terminator.terminate()
  await assert.rejects(slow, /socket hang up/)
})
