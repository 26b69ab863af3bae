import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type QuoteRequest,
  type ServiceLevel,
  type ShipmentRequest,
  type ShippingClient,
  ShippingRefused,
} from '../client/index.js'
import { SERVICE_LEVELS } from '../contract/vocabulary.js'
import { COUNTRIES } from '../src/domain/countries.js'
import { TRACKING_NUMBER_EXAMPLE } from '../src/domain/tracking-number.js'
import { startTestService, type TestService } from './support/test-service.js'
import { TRANSPORTS } from './support/transports.js'

/** Both kinds of values: those that are taken, and those that are not; so that all of the service is reached. */
const weightGrams = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 30_000 }) },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.double() },
)
const place = fc
  .constantFrom(...COUNTRIES)
  .map(([country, { example }]) => ({ country, postalCode: example }))
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 100 }))
const destination = fc.oneof(
  { weight: 4, arbitrary: place },
  {
    weight: 1,
    arbitrary: fc.record({ country: fc.constantFrom(...COUNTRIES.keys(), 'XX'), postalCode: anyText }),
  },
  { weight: 1, arbitrary: fc.record({ country: anyText, postalCode: anyText }) },
)
const level = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...SERVICE_LEVELS) },
  { weight: 1, arbitrary: anyText as fc.Arbitrary<ServiceLevel> },
)
const quoteRequest: fc.Arbitrary<QuoteRequest> = fc.record(
  { weightGrams, destination, level },
  { requiredKeys: ['weightGrams', 'destination'] },
)
const shipmentRequest: fc.Arbitrary<ShipmentRequest> = fc.record({
  orderId: fc.oneof(
    { weight: 4, arbitrary: fc.constant('').map(() => randomUUID() as string) },
    { weight: 1, arbitrary: anyText },
  ),
  weightGrams,
  destination,
  level,
})

type Outcome = { readonly answer: unknown } | { readonly code: string; readonly fields: unknown }

/** What a caller can see of a call. */
async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: await call }
  } catch (error) {
    if (!(error instanceof ShippingRefused)) throw error
    return { code: error.code, fields: error.fields }
  }
}

describe('both transports', () => {
  let service: TestService
  let clients: readonly ShippingClient[] = []

  before(async () => {
    service = await startTestService()
    clients = TRANSPORTS.map(({ connect }) => connect(service))
  })

  after(async () => {
    for (const client of clients) client.close()
    await service.stop()
  })

  /** Asks each client in turn; all must see the same. */
  async function sameOutcome(ask: (client: ShippingClient) => Promise<unknown>): Promise<Outcome> {
    const [first, ...others] = await Promise.all(clients.map((client) => outcomeOf(ask(client))))
    assert.ok(first)
    for (const other of others) assert.deepEqual(other, first)
    return first
  }

  it('give the same quotes, and refuse the same requests in the same words', async () => {
    const seen = { answered: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(quoteRequest, async (request) => {
        const outcome = await sameOutcome((client) => client.quote(request))
        seen['answer' in outcome ? 'answered' : 'refused'] += 1
      }),
      { numRuns: 400 },
    )
    assert.ok(seen.answered > 50 && seen.refused > 50, JSON.stringify(seen))
  })

  it('ship the same order to the same shipment, and refuse the same requests in the same words', async () => {
    const seen = { answered: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(shipmentRequest, async (request) => {
        const outcome = await sameOutcome((client) => client.createShipment(request))
        if ('answer' in outcome) {
          const { tracking } = outcome.answer as { tracking: string }
          assert.deepEqual(await sameOutcome((client) => client.track(tracking)), outcome)
        }
        seen['answer' in outcome ? 'answered' : 'refused'] += 1
      }),
      { numRuns: 300 },
    )
    assert.ok(seen.answered > 40 && seen.refused > 40, JSON.stringify(seen))
  })

  it('refuse the same tracking numbers in the same words', async () => {
    const tracking = fc.oneof(
      anyText,
      fc.stringMatching(/^SH[0-9A-HJKMNP-TV-Z]{17}$/),
      fc.constant(TRACKING_NUMBER_EXAMPLE),
    )
    await fc.assert(
      fc.asyncProperty(tracking, async (text) => {
        assert.ok('code' in (await sameOutcome((client) => client.track(text))))
      }),
      { numRuns: 200 },
    )
  })

  it('tell the same story of a shipment, at every step', async () => {
    const [client] = clients
    assert.ok(client)
    for (const each of SERVICE_LEVELS) {
      const { tracking } = await client.createShipment({
        orderId: randomUUID(),
        weightGrams: 1,
        destination: { country: 'DE', postalCode: '10115' },
        level: each,
      })
      for (let step = 0; step < 5; step += 1) {
        await sameOutcome((one) => one.track(tracking))
        await service.step(tracking)
      }
      await sameOutcome(async (one) => {
        const events = []
        for await (const event of one.follow(tracking)) events.push(event)
        return events
      })
    }
  })
})
