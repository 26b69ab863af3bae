import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { newId } from '#shop/domain/ids.js'
import type { OpenEventBus, ShopEvent } from '#shop/platform/events/event-bus.js'

export function eventOf(type: string, data: unknown = null): ShopEvent {
  return { id: newId<'event'>(), type, occurredAt: new Date(), data }
}

/** The contract of the event bus: every implementation passes it. */
export function describeEventBus(
  name: string,
  open: () => Promise<OpenEventBus>,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    const buses: OpenEventBus[] = []
    const bus = async () => {
      const opened = await open()
      buses.push(opened)
      return opened
    }

    afterEach(async () => {
      for (const opened of buses.splice(0)) await opened.close()
    })

    it('brings an event to each consumer that wants its type, as it was published', async () => {
      const events = await bus()
      const heard: [string, ShopEvent][] = []
      for (const consumer of ['stock', 'mail']) {
        const handle = async (event: ShopEvent) => void heard.push([consumer, event])
        await events.subscribe({ consumer, types: ['order.made', 'order.cancelled'], handle })
      }
      const event = eventOf('order.made', { order: 7, lines: [{ sku: 'A' }] })
      await events.publish(eventOf('user.made'))
      await events.publish(event)
      await until(() => heard.length === 2)
      await setTimeout(20)
      assert.deepEqual(heard.map(([consumer]) => consumer).toSorted(), ['mail', 'stock'])
      for (const [, received] of heard) assert.deepEqual(received, event)
    })

    it('deals the events of one consumer out among its members', async () => {
      const events = await bus()
      const heard: [string, unknown][] = []
      for (const member of ['a', 'b']) {
        const handle = async (event: ShopEvent) => void heard.push([member, event.data])
        await events.subscribe({ consumer: 'stock', types: ['x'], handle })
      }
      for (let data = 0; data < 10; data++) await events.publish(eventOf('x', data))
      await until(() => heard.length === 10)
      assert.equal(new Set(heard.map(([, data]) => data)).size, 10)
      assert.equal(new Set(heard.map(([member]) => member)).size, 2)
    })

    it('delivers again, with the same id, what a handler rejected', async () => {
      const events = await bus()
      const ids: string[] = []
      const handle = async ({ id }: ShopEvent) => {
        ids.push(id)
        if (ids.length < 3) throw new Error('not now')
      }
      await events.subscribe({ consumer: 'stock', types: ['x'], handle })
      const event = eventOf('x')
      await events.publish(event)
      await until(() => ids.length === 3)
      assert.deepEqual(ids, [event.id, event.id, event.id])
    })

    it('brings nothing more to who has left', async () => {
      const events = await bus()
      let heard = 0
      const leave = await events.subscribe({
        consumer: 'stock',
        types: ['x'],
        handle: async () => void heard++,
      })
      await leave()
      await events.publish(eventOf('x'))
      await setTimeout(20)
      assert.equal(heard, 0)
    })

    it('waits with closing for what is under way', async () => {
      const events = await open()
      let done = false
      let begun = false
      const handle = async () => {
        begun = true
        await setTimeout(40)
        done = true
      }
      await events.subscribe({ consumer: 'stock', types: ['x'], handle })
      await events.publish(eventOf('x'))
      await until(() => begun)
      await events.close()
      assert.ok(done)
      await assert.rejects(events.publish(eventOf('x')), /closed/)
    })
  })
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'it did not come')
    await setTimeout(5)
  }
}
