import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import express from 'express'
import stoppable from 'stoppable'
import { serveOn } from './support/serve.cjs'

for (const grace of [2000, 50]) {
  const outcome = grace === 2000 ? 'waits for the response in flight' : 'cuts it when the grace is over'
  test(`stoppable closes the idle connections of app.listen's server and ${outcome}`, async (t) => {
    const app = express()
    app.get('/quick', (_req, res) => res.send('quick'))
    app.get('/slow', (_req, res) => void setTimeout(() => res.send('slow'), 150))
    const server = stoppable(app.listen(0, '127.0.0.1'), grace)
    const url = await serveOn(t, server)
    const agent = new Agent({ keepAlive: true })
    t.after(() => agent.destroy())
    const [quick] = (await once(get(`${url}/quick`, { agent }), 'response')) as [IncomingMessage]
    await once(quick.resume(), 'end')

    const requested = once(server, 'request')
    const slow = once(get(`${url}/slow`, { agent }), 'response') as Promise<[IncomingMessage]>
    slow.catch(() => {})
    await requested
    const stopped = new Promise<boolean>((done) => server.stop((_error, graceful) => done(graceful)))
    if (grace === 2000) {
      const [response] = await slow
      response.resume()
      assert.equal(response.statusCode, 200)
    } else {
      await assert.rejects(slow, /socket hang up/)
    }
    assert.equal(await stopped, grace === 2000)
  })
}
