import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ShippingUnavailable } from '../client/index.js'
import { createShippingGrpcServer } from '../src/grpc/shipping-grpc-server.js'
import { Draining } from '../src/http/draining.js'
import { createShippingApplication } from '../src/http/shipping-application.js'
import { Observation } from '../src/observation/observation.js'
import { listenGrpc, listenHttp, portOf } from '../src/start/listen.js'
import { type Call, CallCancelled, DeadlineExceeded, Unavailable } from '../src/use-cases/call.js'
import type { Shipping } from '../src/use-cases/shipping.js'
import { aQuoteRequest } from './support/requests.js'
import { silentLog, until } from './support/test-service.js'
import { TRANSPORTS } from './support/transports.js'

/** Use cases that never end, and remember what they were told. */
class EndlessShipping implements Shipping {
  signal: AbortSignal | null = null

  quote(_input: unknown, call: Call): Promise<never> {
    return this.#wait(call)
  }

  createShipment(_input: unknown, call: Call): Promise<never> {
    return this.#wait(call)
  }

  find(_input: unknown, call: Call): Promise<never> {
    return this.#wait(call)
  }

  async *follow(_input: unknown, call: Call): AsyncGenerator<never> {
    this.signal = call.signal
    await once(call.signal, 'abort')
    yield await Promise.reject(call.signal.reason as Error)
  }

  get reason(): unknown {
    return this.signal?.reason
  }

  #wait({ signal }: Call): Promise<never> {
    this.signal = signal
    return new Promise(() => {})
  }
}

const TRACKING = 'SH7777777777777777R'
const LIMIT_MS = 5000

describe('the work for a call', () => {
  const shipping = new EndlessShipping()
  const stopping = new AbortController()
  const observation = new Observation(silentLog, { size: 0 })
  const parts = { shipping, observation, callLimitMs: LIMIT_MS }
  const app = createShippingApplication({
    ...parts,
    draining: new Draining(),
    readiness: { checks: {} },
    bodyLimitBytes: 4096,
  })
  const grpc = createShippingGrpcServer({ ...parts, stopping: stopping.signal, messageLimitBytes: 4096 })
  const addresses = { httpAddress: '', grpcAddress: '' }
  let close = (): void => {}

  before(async () => {
    const server = await listenHttp(app, '127.0.0.1', 0)
    addresses.httpAddress = `http://127.0.0.1:${portOf(server)}`
    addresses.grpcAddress = `127.0.0.1:${await listenGrpc(grpc, '127.0.0.1', 0)}`
    close = () => {
      server.close()
      grpc.forceShutdown()
    }
  })

  beforeEach(() => (shipping.signal = null))

  after(() => close())

  for (const { name, connect } of TRANSPORTS) {
    it(`is told when the caller goes away, over ${name}`, async () => {
      const client = connect(addresses)
      for (const ask of [
        (signal: AbortSignal) => client.quote(aQuoteRequest(), { signal }),
        (signal: AbortSignal) => client.track(TRACKING, { signal }),
      ]) {
        shipping.signal = null
        const controller = new AbortController()
        const call = ask(controller.signal)
        await until('the work has begun', () => shipping.signal !== null)
        controller.abort(new Error('gone'))
        await assert.rejects(call, /gone/)
        await until('it is told', () => shipping.signal?.aborted === true)
        assert.ok(shipping.reason instanceof CallCancelled)
      }
      client.close()
    })

    it(`is told when the time of the caller is over, over ${name}`, async () => {
      const client = connect(addresses)
      const started = performance.now()
      await assert.rejects(client.quote(aQuoteRequest(), { limitMs: 100 }), ShippingUnavailable)
      await until('it is told', () => shipping.signal?.aborted === true)
      assert.ok(performance.now() - started < LIMIT_MS)
      const { reason } = shipping
      // Whichever comes first: the deadline here, or the word that the caller gave up at his.
      assert.ok(reason instanceof DeadlineExceeded || reason instanceof CallCancelled)
      client.close()
    })
  }

  it('of a stream is told when the service stops', async () => {
    const [, { connect } = assert.fail('there is no gRPC')] = TRANSPORTS
    const client = connect(addresses)
    const call = client.follow(TRACKING)[Symbol.asyncIterator]().next()
    await until('the work has begun', () => shipping.signal !== null)
    stopping.abort()
    await assert.rejects(call, ShippingUnavailable)
    assert.ok(shipping.reason instanceof Unavailable)
    client.close()
  })
})
