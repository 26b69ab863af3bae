import assert from 'node:assert/strict'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { after, afterEach, before, describe, it } from 'node:test'
import type { ShippingClient } from '../client/index.js'
import { TRACKING_NUMBER_EXAMPLE } from '../src/domain/tracking-number.js'
import { all, unavailability } from './support/outcomes.js'
import { aQuoteRequest, aShipmentRequest } from './support/requests.js'
import { freePort, startTestService, type TestService, until } from './support/test-service.js'
import { TRANSPORTS } from './support/transports.js'

/** Right in form, and of no shipment. */
const UNKNOWN_TRACKING = TRACKING_NUMBER_EXAMPLE

for (const { name, connect } of TRANSPORTS) {
  describe(`the client over ${name}, when all does not go well`, () => {
    let service: TestService
    let client: ShippingClient

    before(async () => {
      service = await startTestService({ callLimitMs: 5000 })
      client = connect(service)
    })

    afterEach(() => Object.assign(service.faults, { delayMs: 0, failureRate: 0, lostAnswerRate: 0 }))

    after(async () => {
      client.close()
      await service.stop()
    })

    it('says that the service failed', async () => {
      service.faults.failureRate = 1
      for (const call of [client.quote(aQuoteRequest()), client.createShipment(aShipmentRequest())])
        assert.equal((await unavailability(call)).code, 'service-failed')
    })

    it('ends a call at its time limit, and the service is told when that is', async () => {
      service.faults.delayMs = 60_000
      const started = performance.now()
      const failures = await Promise.all(
        [
          client.quote(aQuoteRequest(), { limitMs: 150 }),
          client.createShipment(aShipmentRequest(), { limitMs: 150 }),
          client.track(UNKNOWN_TRACKING, { limitMs: 150 }),
          all(client.follow(UNKNOWN_TRACKING, { limitMs: 150 })),
        ].map(unavailability),
      )
      for (const { code } of failures) assert.equal(code, 'time-limit')
      assert.ok(performance.now() - started < 5000)
      await until('nothing is under way', async () => (await service.callsUnderWay(name)) <= 1)
    })

    it('ends a call at the limit of the service when the caller has none', async () => {
      const strict = await startTestService({ callLimitMs: 100 })
      const other = connect(strict)
      strict.faults.delayMs = 60_000
      assert.equal((await unavailability(other.quote(aQuoteRequest()))).code, 'time-limit')
      other.close()
      await strict.stop()
    })

    it('cancels the call on the wire when the signal is aborted, and rejects with its reason', async () => {
      service.faults.delayMs = 60_000
      const cancelled = () => service.callsEnded({ transport: name, outcome: 'cancelled' })
      const before = await cancelled()
      // Reading the metrics is a call over HTTP itself.
      const own = name === 'http' ? 1 : 0
      const controller = new AbortController()
      const reason = new Error('the customer left')
      const call = client.quote(aQuoteRequest(), { signal: controller.signal })
      await until('the call is under way', async () => (await service.callsUnderWay(name)) === own + 1)
      controller.abort(reason)
      await assert.rejects(call, reason)
      await until('the service noticed', async () => (await cancelled()) === before + 1)
      assert.equal(await service.callsUnderWay(name), own)
    })

    it('sends nothing when the signal is aborted before', async () => {
      const before = await service.callsEnded({ operation: 'quote', transport: name })
      const reason = new Error('too late')
      await assert.rejects(client.quote(aQuoteRequest(), { signal: AbortSignal.abort(reason) }), reason)
      await assert.rejects(
        all(client.follow(UNKNOWN_TRACKING, { signal: AbortSignal.abort(reason) })),
        reason,
      )
      assert.equal(await service.callsEnded({ operation: 'quote', transport: name }), before)
    })

    it('leaves nothing on a signal that many calls share', async () => {
      const controller = new AbortController()
      let listeners = 0
      const { signal } = controller
      const { addEventListener, removeEventListener } = signal
      signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
        listeners += 1
        addEventListener.apply(signal, args)
      }
      signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
        listeners -= 1
        removeEventListener.apply(signal, args)
      }
      for (let call = 0; call < 5; call += 1) await client.quote(aQuoteRequest(), { signal, limitMs: 1000 })
      const { tracking } = await client.createShipment(aShipmentRequest(), { signal })
      await client.track(tracking, { signal })
      assert.equal(listeners, 0)
    })

    it('says that there is no connection when nobody listens, or the other end hangs up', async () => {
      const port = await freePort()
      const nobody = connect({ httpAddress: `http://127.0.0.1:${port}`, grpcAddress: `127.0.0.1:${port}` })
      assert.equal(
        (await unavailability(nobody.quote(aQuoteRequest(), { limitMs: 3000 }))).code,
        'no-connection',
      )
      nobody.close()
      const hangsUp = createNetServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
      await until('it listens', () => hangsUp.listening)
      const { port: rude } = hangsUp.address() as AddressInfo
      const cut = connect({ httpAddress: `http://127.0.0.1:${rude}`, grpcAddress: `127.0.0.1:${rude}` })
      const { code } = await unavailability(cut.quote(aQuoteRequest(), { limitMs: 3000 }))
      assert.equal(code, 'no-connection')
      cut.close()
      hangsUp.close()
    })

    it('is cut off when the service stops and the call takes longer than the limit for that', async () => {
      const stopping = await startTestService({ stopLimitMs: 150 })
      stopping.faults.delayMs = 60_000
      const other = connect(stopping)
      const call = unavailability(other.quote(aQuoteRequest()))
      await new Promise((resolve) => setTimeout(resolve, 100))
      await stopping.stop()
      assert.equal((await call).code, 'no-connection')
      other.close()
    })

    it('is answered when the service stops and the call takes no longer than that', async () => {
      const stopping = await startTestService()
      stopping.faults.delayMs = 300
      const other = connect(stopping)
      const call = other.quote(aQuoteRequest())
      await new Promise((resolve) => setTimeout(resolve, 100))
      const stopped = stopping.stop()
      assert.equal((await call).options.length, 3)
      await stopped
      other.close()
    })

    it('cuts off its calls when it is closed', async () => {
      service.faults.delayMs = 60_000
      const other = connect(service)
      const call = other.quote(aQuoteRequest())
      setTimeout(() => other.close(), 100)
      assert.equal((await unavailability(call)).code, 'no-connection')
      assert.equal((await unavailability(other.quote(aQuoteRequest()))).code, 'no-connection')
    })
  })
}
