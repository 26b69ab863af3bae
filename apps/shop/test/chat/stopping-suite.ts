import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Framework } from '../support/test-shop.js'
import { connect, until } from './chat-client.js'
import { oneInstance } from './instances.js'
import { EventStream } from '../live-stock/event-stream.js'

/** What is open when a shop stops. */
export function describeStopping(framework: Framework): void {
  it(`a shop on ${framework} that stops ends sockets, streams and polls, such that clients come again`, async () => {
    const { one, people } = await oneInstance({ framework })
    const client = await connect(one, people.token('ada'))
    const stream = await EventStream.open(one, '/api/v1/live-stock?products=1')
    await stream.got(({ event }) => event === 'snapshot')
    const path = '/api/v1/live-stock/changes?products=1'
    const { json } = await one.ask(path)
    const poll = one.ask(`${path}&since=${json.since}`)
    await until(() => one.cradle.liveConnections.size === 2, 'the poll waits')
    await one.stop()
    assert.equal((await poll).status, 204)
    assert.equal(stream.isOver, true)
    assert.equal(stream.response.complete, true, 'the stream has an end, and was not cut off')
    // After "io server disconnect" the client would stay away.
    assert.equal(await client.got('disconnect'), 'transport close')
    client.close()
    assert.deepEqual(one.log.errors, [])
  })
}
