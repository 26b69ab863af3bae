import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import {
  type ClientEvent,
  createFlatRate,
  type ResilienceOptions,
  ResilientShippingClient,
  type ShipmentEvent,
  type ShippingClient,
} from '../client/index.js'
import { codeOf } from './support/outcomes.js'
import { aQuoteRequest, aShipmentRequest } from './support/requests.js'
import { startTestService, type TestService, until } from './support/test-service.js'
import { TRANSPORTS } from './support/transports.js'

const QUICK_RETRY = { minDelayMs: 1, maxDelayMs: 5 }
const FLAT_RATE = createFlatRate({
  standard: { price: { amount: 990, currency: 'EUR' }, delivery: { min: 3, max: 10 } },
})

for (const { name, connect } of TRANSPORTS) {
  describe(`the resilient client over ${name}`, () => {
    let service: TestService
    const open: ShippingClient[] = []

    /** A client, and what happened in it. */
    function resilient(options: ResilienceOptions = {}): {
      readonly client: ResilientShippingClient
      readonly events: ClientEvent[]
    } {
      const events: ClientEvent[] = []
      const client = new ResilientShippingClient(connect(service), {
        retry: QUICK_RETRY,
        ...options,
        observe: (event) => events.push(event),
      })
      open.push(client)
      return { client, events }
    }

    const asked = (operation: string) => service.callsEnded({ transport: name, operation })

    before(async () => {
      service = await startTestService()
    })

    afterEach(() => {
      Object.assign(service.faults, { delayMs: 0, failureRate: 0, lostAnswerRate: 0 })
      for (const client of open.splice(0)) client.close()
    })

    after(() => service.stop())

    it('gives what the service answers, and tells how long it took', async () => {
      const { client, events } = resilient()
      assert.equal((await client.quote(aQuoteRequest())).estimated, false)
      const [event] = events
      assert.ok(events.length === 1 && event?.type === 'try')
      assert.deepEqual([event.operation, event.outcome], ['quote', 'ok'])
      assert.ok(event.durationMs > 0)
    })

    it('tries a failed call once more, and no more', async () => {
      const { client, events } = resilient({ breaker: { minCalls: 100 } })
      service.faults.failureRate = 1
      for (const [operation, call] of [
        ['quote', () => client.quote(aQuoteRequest())],
        ['createShipment', () => client.createShipment(aShipmentRequest())],
        ['track', () => client.track('SH7777777777777777R')],
      ] as const) {
        const before = await asked(operation)
        assert.equal(await codeOf(call()), 'service-failed')
        await until('both tries are counted', async () => (await asked(operation)) >= before + 2)
        assert.equal(await asked(operation), before + 2)
      }
      assert.equal(events.filter(({ type }) => type === 'retry').length, 3)
    })

    it('succeeds at the second try, and ships the order once although the first answer was lost', async () => {
      const { client } = resilient({
        retry: { minDelayMs: 150, maxDelayMs: 150 },
      })
      const request = aShipmentRequest()
      service.faults.lostAnswerRate = 1
      const call = client.createShipment(request)
      await new Promise((resolve) => setTimeout(resolve, 75))
      service.faults.lostAnswerRate = 0
      const shipment = await call
      const made = shipment.history[0]?.at.getTime() ?? Infinity
      assert.ok(made < Date.now() - 70, 'it was made by the first try')
    })

    it('never repeats a refused request', async () => {
      const { client, events } = resilient({ fallback: FLAT_RATE })
      const before = [await asked('quote'), await asked('createShipment')]
      assert.equal(await codeOf(client.quote(aQuoteRequest({ weightGrams: 0 }))), 'invalid-input')
      const request = aShipmentRequest()
      await client.createShipment(request)
      assert.equal(
        await codeOf(client.createShipment({ ...request, weightGrams: 5 })),
        'order-shipped-differently',
      )
      assert.deepEqual(
        [await asked('quote'), await asked('createShipment')],
        [(before[0] ?? 0) + 1, (before[1] ?? 0) + 2],
      )
      assert.ok(events.every(({ type }) => type === 'try'))
    })

    it('ends at its time limit, without a second try', async () => {
      const { client, events } = resilient({ limitMs: 120 })
      service.faults.delayMs = 60_000
      const started = performance.now()
      assert.equal(await codeOf(client.quote(aQuoteRequest())), 'time-limit')
      assert.ok(performance.now() - started < 5000)
      assert.ok(events.every(({ type }) => type !== 'retry'))
      await until('the service stopped too', async () => (await service.callsUnderWay(name)) <= 1)
    })

    it('takes the shorter limit, of the caller or its own', async () => {
      const { client } = resilient({ limitMs: 60_000 })
      service.faults.delayMs = 60_000
      assert.equal(await codeOf(client.quote(aQuoteRequest(), { limitMs: 50 })), 'time-limit')
      const strict = resilient({ limitMs: 50 })
      assert.equal(await codeOf(strict.client.quote(aQuoteRequest(), { limitMs: 60_000 })), 'time-limit')
    })

    it('gives an estimate, marked as one, when there is no quote', async () => {
      const { client, events } = resilient({ fallback: FLAT_RATE, limitMs: 100 })
      const estimate = {
        estimated: true,
        options: [
          { level: 'standard', price: { amount: 990, currency: 'EUR' }, delivery: { min: 3, max: 10 } },
        ],
      }
      service.faults.failureRate = 1
      assert.deepEqual(await client.quote(aQuoteRequest()), estimate)
      service.faults.delayMs = 60_000
      assert.deepEqual(await client.quote(aQuoteRequest({ level: 'standard' })), estimate)
      assert.equal(await codeOf(client.quote(aQuoteRequest({ level: 'express' }))), 'time-limit')
      const fallbacks = events.filter((event) => event.type === 'fallback')
      assert.deepEqual(
        fallbacks.map(({ error }) => error.code),
        ['service-failed', 'time-limit'],
      )
    })

    it('gives no estimate to who went away, and does not count that against the service', async () => {
      const { client, events } = resilient({
        fallback: FLAT_RATE,
        breaker: { minCalls: 1, failurePercent: 1 },
      })
      service.faults.delayMs = 60_000
      for (let call = 0; call < 3; call += 1) {
        const controller = new AbortController()
        const reason = new Error('gone')
        setTimeout(() => controller.abort(reason), 30)
        await assert.rejects(client.quote(aQuoteRequest(), { signal: controller.signal }), reason)
      }
      assert.equal(client.breakerState, 'closed')
      assert.deepEqual(
        events.map((event) => event.type === 'try' && event.outcome),
        ['aborted', 'aborted', 'aborted'],
      )
    })

    it('opens the breaker after failures, asks nobody while it is open, and closes it again', async () => {
      const { client, events } = resilient({
        fallback: FLAT_RATE,
        breaker: { minCalls: 4, openMs: 300, windowMs: 10_000 },
      })
      const states = () => events.flatMap((event) => (event.type === 'breaker' ? [event.state] : []))
      service.faults.failureRate = 1
      await until('it opens', async () => {
        assert.equal((await client.quote(aQuoteRequest())).estimated, true)
        return client.breakerState === 'open'
      })
      const before = await asked('quote')
      assert.ok(before >= 4)
      for (let call = 0; call < 10; call += 1) {
        assert.equal((await client.quote(aQuoteRequest())).estimated, true)
        assert.equal(await codeOf(client.createShipment(aShipmentRequest())), 'breaker-open')
      }
      assert.equal(await asked('quote'), before)
      assert.deepEqual(states(), ['open'])

      // It tries one call, which fails: open again.
      await until('it lets one try', () => client.breakerState === 'half-open')
      assert.equal(await codeOf(client.createShipment(aShipmentRequest())), 'service-failed')
      assert.equal(client.breakerState, 'open')

      service.faults.failureRate = 0
      await until('it lets one try', () => client.breakerState === 'half-open')
      assert.equal((await client.quote(aQuoteRequest())).estimated, false)
      assert.equal(client.breakerState, 'closed')
      assert.deepEqual(states(), ['open', 'half-open', 'open', 'half-open', 'closed'])
    })

    it('says what failed, and does not try again, when that opened the breaker', async () => {
      const { client, events } = resilient({ breaker: { minCalls: 1 } })
      service.faults.failureRate = 1
      assert.equal(await codeOf(client.quote(aQuoteRequest())), 'service-failed')
      assert.deepEqual(
        events.map((event) => (event.type === 'breaker' ? event.state : event.type)),
        ['open', 'try'],
      )
    })

    it('does not open for requests that are refused', async () => {
      const { client } = resilient({ breaker: { minCalls: 1, failurePercent: 1 } })
      for (let call = 0; call < 10; call += 1)
        assert.equal(await codeOf(client.quote(aQuoteRequest({ weightGrams: 0 }))), 'invalid-input')
      assert.equal(client.breakerState, 'closed')
    })

    it('does not close for a try that was aborted, and lets another one try later', async () => {
      const { client } = resilient({ breaker: { minCalls: 1, openMs: 100 } })
      service.faults.failureRate = 1
      await codeOf(client.quote(aQuoteRequest()))
      await until('it lets one try', () => client.breakerState === 'half-open')
      service.faults.delayMs = 60_000
      const controller = new AbortController()
      const aborted = client.quote(aQuoteRequest(), { signal: controller.signal })
      setTimeout(() => controller.abort(new Error('gone')), 30)
      await assert.rejects(aborted, /gone/)
      assert.equal(client.breakerState, 'open')
      Object.assign(service.faults, { delayMs: 0, failureRate: 0 })
      await until('it lets one try', () => client.breakerState === 'half-open')
      await client.quote(aQuoteRequest())
      assert.equal(client.breakerState, 'closed')
    })

    it('follows a shipment over failures, each event once', async () => {
      const { client, events } = resilient({ reconnectMs: 20 })
      const { tracking } = await client.createShipment(aShipmentRequest())
      service.faults.failureRate = 1
      const seen: ShipmentEvent[] = []
      setTimeout(() => (service.faults.failureRate = 0), 100)
      for await (const event of client.follow(tracking)) {
        seen.push(event)
        await service.step(tracking)
      }
      assert.deepEqual(seen, (await client.track(tracking)).history)
      assert.ok(events.some((event) => event.type === 'retry' && event.operation === 'follow'))
      assert.equal(await codeOf(client.follow('SH123').next()), 'invalid-input')
    })

    it('does nothing more when it is closed', async () => {
      const { client } = resilient()
      client.close()
      assert.equal(await codeOf(client.quote(aQuoteRequest())), 'no-connection')
    })
  })
}
