import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Refused } from '../../src/domain/refused.js'
import {
  advance,
  announce,
  assertSameDetails,
  hasArrived,
  type Shipment,
  type ShipmentDetails,
  stateOf,
} from '../../src/domain/shipment.js'

const NOON = new Date('2025-03-03T12:00:00.000Z')
const DETAILS: ShipmentDetails = {
  orderId: 'order-1',
  weightGrams: 800,
  destination: { country: 'NL', postalCode: '1012 ab' },
  level: 'express',
}

function later(minutes: number): Date {
  return new Date(NOON.getTime() + minutes * 60_000)
}

function wholeWay(details: ShipmentDetails): Shipment {
  let shipment = announce(details, 'T', NOON)
  for (let minute = 1; !hasArrived(shipment); minute += 1) shipment = advance(shipment, later(minute))
  return shipment
}

describe('a shipment', () => {
  it('costs what was quoted for its level, and begins announced', () => {
    const shipment = announce(DETAILS, 'T', NOON)
    assert.equal(stateOf(shipment), 'announced')
    assert.deepEqual(shipment.price, { amount: 2190, currency: 'EUR' })
    assert.deepEqual(shipment.destination, { country: 'NL', postalCode: '1012AB' })
  })

  it('comes to the door, or to a pick-up point', () => {
    const statesOn = (details: ShipmentDetails) => wholeWay(details).history.map(({ state }) => state)
    assert.deepEqual(statesOn(DETAILS), [
      'announced',
      'collected',
      'in_transit',
      'out_for_delivery',
      'delivered',
    ])
    assert.deepEqual(statesOn({ ...DETAILS, level: 'pickup' }), [
      'announced',
      'collected',
      'in_transit',
      'ready_for_pickup',
      'delivered',
    ])
  })

  it('keeps when each thing happened, and leaves the shipment before as it was', () => {
    const first = announce(DETAILS, 'T', NOON)
    const second = advance(first, later(5))
    assert.deepEqual(first.history, [{ state: 'announced', at: NOON }])
    assert.deepEqual(second.history.at(-1), { state: 'collected', at: later(5) })
  })

  it('stays where it is when it has arrived', () => {
    const arrived = wholeWay(DETAILS)
    assert.equal(advance(arrived, later(99)), arrived)
  })

  it('can not be made for a level that is not offered there', () => {
    const world = {
      ...DETAILS,
      destination: { country: 'US', postalCode: '20500' },
      level: 'pickup',
    } as const
    assert.throws(
      () => announce(world, 'T', NOON),
      (error) => error instanceof Refused && error.fields[0]?.field === 'level',
    )
  })

  it('is the same for another spelling of its place, and another for other details', () => {
    const shipment = announce(DETAILS, 'T', NOON)
    assertSameDetails(shipment, { ...DETAILS, destination: { country: 'NL', postalCode: '1012AB' } })
    assert.throws(
      () => assertSameDetails(shipment, { ...DETAILS, weightGrams: 801, level: 'standard' }),
      (error) => {
        assert.ok(error instanceof Refused)
        assert.equal(error.code, 'order-shipped-differently')
        assert.deepEqual(
          error.fields.map(({ field }) => field),
          ['weightGrams', 'level'],
        )
        return true
      },
    )
  })
})
