import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { ShipmentEvent, ShippingClient } from '../client/index.js'
import { TRACKING_NUMBER_EXAMPLE } from '../src/domain/tracking-number.js'
import { all, refusal, unavailability } from './support/outcomes.js'
import { aQuoteRequest, aShipmentRequest } from './support/requests.js'
import { startTestService, type TestService, until } from './support/test-service.js'
import { TRANSPORTS } from './support/transports.js'

/** Right in form, and of no shipment. */
const UNKNOWN_TRACKING = TRACKING_NUMBER_EXAMPLE

for (const { name, connect } of TRANSPORTS) {
  describe(`the client over ${name}`, () => {
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

    it('quotes all levels that go there, the cheapest first, and says that this is no estimate', async () => {
      assert.deepEqual(await client.quote(aQuoteRequest()), {
        estimated: false,
        options: [
          { level: 'pickup', price: { amount: 890, currency: 'EUR' }, delivery: { min: 3, max: 6 } },
          { level: 'standard', price: { amount: 1110, currency: 'EUR' }, delivery: { min: 2, max: 5 } },
          { level: 'express', price: { amount: 2430, currency: 'EUR' }, delivery: { min: 1, max: 2 } },
        ],
      })
    })

    it('quotes one level', async () => {
      const { options } = await client.quote(aQuoteRequest({ level: 'express' }))
      assert.deepEqual(
        options.map(({ level }) => level),
        ['express'],
      )
    })

    it('ships an order, and tells where it is', async () => {
      const request = aShipmentRequest({ level: 'pickup' })
      const before = Date.now()
      const shipment = await client.createShipment(request)
      assert.match(shipment.tracking, /^SH[0-9A-Z]{17}$/)
      assert.deepEqual(
        { ...shipment, tracking: '', history: [] },
        {
          ...request,
          tracking: '',
          price: { amount: 390, currency: 'EUR' },
          delivery: { min: 2, max: 4 },
          history: [],
        },
      )
      const [announced] = shipment.history
      assert.equal(announced?.state, 'announced')
      assert.ok(announced.at.getTime() >= before && announced.at.getTime() <= Date.now())
      assert.deepEqual(await client.track(shipment.tracking), shipment)
    })

    it('ships an order once, however often it is asked, also at the same time', async () => {
      const request = aShipmentRequest()
      const shipments = await Promise.all(Array.from({ length: 20 }, () => client.createShipment(request)))
      assert.equal(new Set(shipments.map(({ tracking }) => tracking)).size, 1)
      const spelled = { ...request, destination: { country: 'DE', postalCode: ' 10115 ' } }
      assert.deepEqual(await client.createShipment(spelled), shipments[0])
    })

    it('is refused when the order was shipped with other details, which are named', async () => {
      const request = aShipmentRequest()
      await client.createShipment(request)
      const { code, fields } = await refusal(
        client.createShipment({ ...request, weightGrams: 900, level: 'express' }),
      )
      assert.equal(code, 'order-shipped-differently')
      assert.deepEqual(
        fields.map(({ field }) => field),
        ['weightGrams', 'level'],
      )
      assert.match(fields[0]?.expected ?? '', /^800/)
    })

    it('ships an order once when the answer is lost', async () => {
      const request = aShipmentRequest()
      service.faults.lostAnswerRate = 1
      assert.equal((await unavailability(client.createShipment(request))).code, 'service-failed')
      service.faults.lostAnswerRate = 0
      const shipment = await client.createShipment(request)
      assert.ok((shipment.history[0]?.at.getTime() ?? Infinity) <= Date.now())
      const { code } = await refusal(client.createShipment({ ...request, weightGrams: 1 }))
      assert.equal(code, 'order-shipped-differently')
    })

    it('follows a shipment: what was, then each event as it comes, and ends when it has arrived', async () => {
      const { tracking } = await client.createShipment(aShipmentRequest())
      await service.step(tracking)
      const seen: ShipmentEvent[] = []
      for await (const event of client.follow(tracking, { limitMs: 2000 })) {
        seen.push(event)
        if (seen.length >= 2) await service.step(tracking)
      }
      assert.deepEqual(
        seen.map(({ state }) => state),
        ['announced', 'collected', 'in_transit', 'out_for_delivery', 'delivered'],
      )
      assert.deepEqual(seen, (await client.track(tracking)).history)
    })

    it('follows a shipment that has arrived', async () => {
      const { tracking } = await client.createShipment(aShipmentRequest())
      for (let step = 0; step < 4; step += 1) await service.step(tracking)
      assert.equal((await all(client.follow(tracking))).length, 5)
    })

    it('lets go of a shipment that nobody follows any more', async () => {
      const { tracking } = await client.createShipment(aShipmentRequest())
      for await (const { state } of client.follow(tracking)) {
        assert.equal(state, 'announced')
        break
      }
      await until('no call is under way', async () => (await service.callsUnderWay('grpc')) === 0)
    })

    it('stops following when the signal is aborted, with its reason', async () => {
      const { tracking } = await client.createShipment(aShipmentRequest())
      const controller = new AbortController()
      const reason = new Error('the customer left')
      setTimeout(() => controller.abort(reason), 60)
      await assert.rejects(all(client.follow(tracking, { signal: controller.signal })), reason)
    })

    it('is refused for a shipment that there is not, and for no tracking number', async () => {
      for (const use of [
        (tracking: string) => client.track(tracking),
        (tracking: string) => all(client.follow(tracking)),
      ]) {
        const missing = await refusal(use(UNKNOWN_TRACKING))
        assert.equal(missing.code, 'unknown-shipment')
        for (const tracking of [
          'SH123',
          'sh',
          '',
          '..',
          '../health/live',
          'a b',
          'x'.repeat(200),
          '\u0000',
        ]) {
          const { code, fields } = await refusal(use(tracking))
          assert.equal(code, 'invalid-input')
          assert.deepEqual(
            fields.map(({ field }) => field),
            ['tracking'],
          )
        }
      }
    })

    for (const [field, changes, expected] of [
      ['weightGrams', { weightGrams: 0 }, /from 1 to 30000/],
      ['weightGrams', { weightGrams: -5 }, /from 1 to 30000/],
      ['weightGrams', { weightGrams: 30_001 }, /from 1 to 30000/],
      ['weightGrams', { weightGrams: 1.5 }, /whole number/],
      ['weightGrams', { weightGrams: NaN }, /whole number/],
      ['weightGrams', { weightGrams: 2 ** 40 }, /whole number/],
      ['weightGrams', { weightGrams: '5' }, /whole number/],
      ['level', { level: 'teleport' }, /one of standard, express, pickup/],
      ['level', { level: 'pickup', weightGrams: 25_000 }, /one of standard, express/],
      [
        'destination.country',
        { destination: { country: 'nl', postalCode: '1012 AB' } },
        /two capital letters/,
      ],
      ['destination.country', { destination: { country: 'XX', postalCode: '1012 AB' } }, /one of AT, AU/],
      ['destination.country', { destination: { postalCode: '1012 AB' } }, /./],
      ['destination.postalCode', { destination: { country: 'NL', postalCode: '' } }, /postal code/],
      ['destination.postalCode', { destination: { country: 'NL', postalCode: '12345' } }, /"1012 AB"/],
      ['destination.postalCode', { destination: { country: 'NL', postalCode: '\ud800' } }, /well-formed/],
      [
        'destination.postalCode',
        { destination: { country: 'NL', postalCode: '1'.repeat(300) } },
        /16 characters/,
      ],
      ['destination', { destination: undefined }, /a country and a postal code/],
      ['orderId', { orderId: 'a b' }, /letters, digits/],
      ['orderId', { orderId: '' }, /letters, digits/],
    ] as const) {
      it(`is refused, naming ${field}: ${JSON.stringify(changes).slice(0, 60)}`, async () => {
        const changed = { ...aShipmentRequest(), ...(changes as object) } as ReturnType<
          typeof aShipmentRequest
        >
        const errors = [await refusal(client.createShipment(changed))]
        if (field !== 'orderId') errors.push(await refusal(client.quote(changed)))
        for (const { code, fields } of errors) {
          assert.equal(code, 'invalid-input')
          assert.deepEqual(
            fields.map((error) => error.field),
            [field],
          )
          assert.match(fields[0]?.problem ?? '', /^(?:is|has) /)
          assert.match(fields[0]?.expected ?? '', expected)
        }
      })
    }

    it('is refused when the request is too large, and goes on with the next', async () => {
      const before = await service.callsEnded({ operation: 'createShipment', outcome: 'OK' })
      const { code } = await refusal(client.createShipment(aShipmentRequest({ orderId: 'x'.repeat(20_000) })))
      assert.equal(code, 'too-large')
      assert.equal(await service.callsEnded({ operation: 'createShipment', outcome: 'OK' }), before)
      assert.equal((await client.quote(aQuoteRequest())).estimated, false)
    })
  })
}
