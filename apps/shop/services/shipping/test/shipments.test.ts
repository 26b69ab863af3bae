import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { describe, it } from 'node:test'
import { advance, announce, hasArrived, type Shipment } from '../src/domain/shipment.js'
import { noJournal } from '../src/storage/no-journal.js'
import { Unavailable } from '../src/use-cases/call.js'
import type { Journal } from '../src/use-cases/journal.js'
import { Shipments } from '../src/use-cases/shipments.js'

const NOW = new Date('2025-03-03T12:00:00.000Z')

function aShipment(name: string): Shipment {
  const destination = { country: 'DE', postalCode: '10115' }
  return announce({ orderId: `order-${name}`, weightGrams: 5, destination, level: 'standard' }, name, NOW)
}

function arrived(name: string): Shipment {
  let shipment = aShipment(name)
  while (!hasArrived(shipment)) shipment = advance(shipment, NOW)
  return shipment
}

function shipmentsWith(
  changes: Partial<{ journal: Journal; capacity: number; kept: Shipment[] }> = {},
): Shipments {
  return new Shipments({ journal: noJournal, capacity: 100, kept: [], ...changes })
}

describe('the shipments', () => {
  it('make one shipment for an order that many ask for while it is being written', async () => {
    const written: Shipment[] = []
    let finish = (): void => {}
    const slow = new Promise<void>((resolve) => (finish = resolve))
    const journal = { ...noJournal, append: (shipment: Shipment) => (written.push(shipment), slow) }
    const shipments = shipmentsWith({ journal })
    const asked = ['a', 'b', 'c'].map((name) =>
      shipments.findOrAdd('order', () => ({ ...aShipment(name), orderId: 'order' })),
    )
    finish()
    const results = await Promise.all(asked)
    assert.deepEqual(
      results.map(({ shipment }) => shipment.tracking),
      ['a', 'a', 'a'],
    )
    assert.deepEqual(
      results.map(({ created }) => created),
      [true, false, false],
    )
    assert.equal(written.length, 1)
  })

  it('do not give out what could not be written, and try anew', async () => {
    let fails = true
    const append = async (): Promise<void> => {
      if (fails) throw new Unavailable('no disk')
    }
    const shipments = shipmentsWith({ journal: { ...noJournal, append } })
    await assert.rejects(
      shipments.findOrAdd('order-a', () => aShipment('a')),
      Unavailable,
    )
    assert.equal(shipments.find('a'), undefined)
    fails = false
    assert.equal((await shipments.findOrAdd('order-a', () => aShipment('a'))).created, true)
  })

  it('forget those that arrived first when they are full, and refuse when none has', async () => {
    const shipments = shipmentsWith({
      capacity: 3,
      kept: [arrived('old'), aShipment('young'), arrived('newer')],
    })
    await shipments.findOrAdd('order-a', () => aShipment('a'))
    assert.equal(shipments.find('old'), undefined)
    await shipments.findOrAdd('order-b', () => aShipment('b'))
    assert.equal(shipments.find('newer'), undefined)
    await assert.rejects(
      shipments.findOrAdd('order-c', () => aShipment('c')),
      Unavailable,
    )
    assert.equal(shipments.size, 3)
    assert.equal((await shipments.findOrAdd('order-young', () => aShipment('x'))).created, false)
  })

  it('keep those on the way when there were more than they may hold', () => {
    const shipments = shipmentsWith({ capacity: 1, kept: [aShipment('young'), arrived('old')] })
    assert.deepEqual([shipments.size, shipments.find('young')?.tracking], [1, 'young'])
  })

  it('give who follows slowly the latest state, and nothing twice', async () => {
    const shipments = shipmentsWith({ kept: [aShipment('a')] })
    const controller = new AbortController()
    const following = shipments.follow('a', controller.signal)
    const step = async (): Promise<void> => {
      const shipment = shipments.find('a')
      assert.ok(shipment)
      await shipments.update(advance(shipment, NOW))
    }
    assert.equal((await following.next()).value?.history.length, 1)
    await step()
    await step()
    assert.equal((await following.next()).value?.history.length, 3)
    const next = following.next()
    const reason = new Error('gone')
    controller.abort(reason)
    await assert.rejects(next, reason)
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0)
  })
})
