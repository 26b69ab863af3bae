import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { pino } from 'pino'
import { GrpcShippingClient, ShippingUnavailable } from '../client/index.js'
import { noJournal } from '../src/storage/no-journal.js'
import { compose } from '../src/start/compose.js'
import { readConfiguration } from '../src/start/configuration.js'
import { listenGrpc, listenHttp, portOf } from '../src/start/listen.js'
import { Unavailable } from '../src/use-cases/call.js'
import type { Journal } from '../src/use-cases/journal.js'
import { aShipmentRequest } from './support/requests.js'

/** The service on a journal of the test's own. */
async function serviceOn(t: TestContext, journal: Journal) {
  const lines: string[] = []
  const log = pino({}, { write: (line) => lines.push(line) })
  const configuration = readConfiguration({ SHIPPING_STEP_MS: '0', SHIPPING_CALL_LIMIT_MS: '200' })
  const { app, grpc } = compose(configuration, { journal, kept: [], log, faults: undefined })
  const server = await listenHttp(app, '127.0.0.1', 0)
  const grpcPort = await listenGrpc(grpc, '127.0.0.1', 0)
  t.after(() => {
    server.close()
    grpc.forceShutdown()
  })
  const address = `http://127.0.0.1:${portOf(server)}`
  const ship = () =>
    fetch(`${address}/shipments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(aShipmentRequest()),
    })
  return { address, grpcAddress: `127.0.0.1:${grpcPort}`, lines, ship }
}

describe('a service whose storage breaks', () => {
  it('is not ready, ships nothing, and recovers by itself', async (t) => {
    let isBroken = false
    let isStuck = false
    const write = async (): Promise<void> => {
      if (isStuck) await new Promise(() => {})
      if (isBroken) throw new Unavailable('Shipments can not be kept at the moment.')
    }
    const { address, ship } = await serviceOn(t, { ...noJournal, append: write, check: write })
    const ready = () => fetch(`${address}/health/ready`)
    assert.deepEqual([(await ready()).status, (await ship()).status], [200, 201])

    isBroken = true
    const answer = await ready()
    assert.equal(answer.status, 503)
    const { checks } = (await answer.json()) as { checks: Record<string, { ok: boolean; error?: string }> }
    assert.equal(checks.accepting?.ok, true)
    assert.equal(checks.storage?.ok, false)
    assert.equal(checks.storage?.error, 'Shipments can not be kept at the moment.')
    assert.equal((await ship()).status, 503)
    assert.equal((await fetch(`${address}/health/live`)).status, 200)

    isStuck = true
    assert.deepEqual([(await ready()).status, (await ship()).status], [503, 504])

    isBroken = isStuck = false
    assert.deepEqual([(await ready()).status, (await ship()).status], [200, 201])
  })

  it('tells clients nothing of a bug, and the log all of it', async (t) => {
    const append = async (): Promise<void> => {
      throw new TypeError('the inside of the service')
    }
    const { grpcAddress, lines, ship } = await serviceOn(t, { ...noJournal, append })
    const answer = await ship()
    const text = await answer.text()
    assert.equal(answer.status, 500)
    assert.match(text, /"code":"internal-error"/)
    assert.ok(!text.includes('inside'), text)
    const client = new GrpcShippingClient({ address: grpcAddress })
    await assert.rejects(client.createShipment(aShipmentRequest()), (error) => {
      assert.ok(error instanceof ShippingUnavailable)
      assert.equal(error.code, 'service-failed')
      assert.match(error.message, /INTERNAL/)
      assert.ok(!error.message.includes('inside'), error.message)
      return true
    })
    client.close()
    const failures = lines.filter((line) => line.includes('call failed'))
    assert.equal(failures.length, 2)
    for (const line of failures) assert.match(line, /TypeError: the inside of the service/)
  })
})
