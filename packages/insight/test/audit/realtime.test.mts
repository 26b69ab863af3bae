import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import { WebSocket } from 'ws'
import { audit } from '#dist/audit/audit.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serveRealtime } from './applications/realtime.mjs'

for (const { name, framework } of FRAMEWORKS) {
  test(`the realtime example, in which nothing is found, brings a message to all who listen, on ${name}`, async (t) => {
    const server = serveRealtime(framework)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const origin = `127.0.0.1:${port}`
    const socket = new WebSocket(`ws://${origin}/socket`)
    t.after(() => {
      socket.terminate()
      server.closeAllConnections()
      server.close()
    })
    await once(socket, 'open')
    const events = (await fetch(`http://${origin}/events`)).body
      ?.pipeThrough(new TextDecoderStream())
      .getReader()
    assert.equal((await events?.read())?.value, ': welcome\n\n')

    const received = once(socket, 'message')
    const headers = { 'Content-Type': 'application/json' }
    const sent = await fetch(`http://${origin}/messages`, {
      method: 'POST',
      headers,
      body: '{"text":"hello"}',
    })
    assert.equal(sent.status, 204)
    assert.equal(String((await received)[0]), 'hello')
    assert.equal((await events?.read())?.value, 'data: hello\n\n')

    const [app] = server.listeners('request')
    assert.deepEqual(audit(app as never, { production: true }), [])
  })
}
