import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { newId } from '#shop/domain/ids.js'
import { openStorage, type Storage } from '#shop/platform/database/storage.js'
import type { EventBus, ShopEvent } from '#shop/platform/events/event-bus.js'
import { InProcessEventBus } from '#shop/platform/events/in-process-event-bus.js'
import { MemoryHandledEvents } from '#shop/platform/events/memory-handled-events.js'
import { MemoryOutboxStore } from '#shop/platform/events/memory-outbox-store.js'
import type { OutboxEvent, OutboxStore } from '#shop/platform/events/outbox.js'
import { OutboxRelay } from '#shop/platform/events/outbox-relay.js'
import { SqlHandledEvents } from '#shop/platform/events/sql-handled-events.js'
import { SqlOutboxStore } from '#shop/platform/events/sql-outbox-store.js'
import { eventually } from '../support/eventually.js'
import { SilentLog } from '../support/silent-log.js'
import type { TestStorage } from '../support/storages.js'

/** A clock that a test can set. */
const clock = { time: Date.now(), now: () => new Date(clock.time) }

function happened(aggregate: string, data: unknown = null): OutboxEvent {
  return { id: newId(), aggregate, type: 'x', occurredAt: clock.now(), data }
}

/** A bus that keeps what was published, or refuses it. */
class TestBus implements EventBus {
  readonly published: ShopEvent[] = []
  refuse: (event: ShopEvent) => boolean = () => false

  async publish(event: ShopEvent): Promise<void> {
    if (this.refuse(event)) throw new Error('not now')
    this.published.push(event)
  }

  async subscribe(): Promise<() => Promise<void>> {
    return async () => {}
  }

  async check(): Promise<void> {}
}

/** The contract of the outbox and of handled events: every storage passes it. */
export function describeOutbox(name: string, create: () => TestStorage, skip: string | false = false): void {
  describe(name, { skip }, () => {
    let tested: TestStorage
    let storage: Storage
    let store: OutboxStore
    let log: SilentLog

    before(async () => {
      tested = create()
      storage = await openStorage(
        tested.choice,
        { sql: async () => {}, memory: async () => {} },
        new SilentLog(),
      )
      store = storage.kind === 'sql' ? new SqlOutboxStore(storage.sql) : new MemoryOutboxStore(storage.memory)
    })

    after(async () => {
      await storage?.close()
      await tested?.remove()
    })

    afterEach(async () => {
      // What one test leaves is not for the next.
      const rest = relayTo(new TestBus())
      clock.time += 86_400_000
      while ((await rest.relayOnce()) > 0);
    })

    const relayTo = (events: EventBus, attempts = 3): OutboxRelay => {
      log = new SilentLog()
      const { transactions } = storage
      return new OutboxRelay({
        store,
        transactions,
        events,
        clock,
        log,
        restMs: 20,
        firstPauseMs: 1000,
        attempts,
      })
    }

    const relayAll = async (relay: OutboxRelay): Promise<void> => {
      while ((await relay.relayOnce()) > 0);
    }

    it('has what the transaction did, and nothing of one that was undone', async () => {
      const bus = new TestBus()
      const relay = relayTo(bus)
      const kept = happened('a:1', { n: 1 })
      await storage.transactions.transaction(() => relay.append(kept))
      const undone = storage.transactions.transaction(async () => {
        await relay.append(happened('a:1'))
        throw new Error('no')
      })
      await assert.rejects(undone, /no/)
      await relayAll(relay)
      const { aggregate: _aggregate, ...event } = kept
      assert.deepEqual(bus.published, [event])
    })

    it('delivers each event once when nothing goes wrong, those of one aggregate in their order', async () => {
      const bus = new TestBus()
      const relay = relayTo(bus)
      for (let n = 0; n < 12; n++) await relay.append(happened(`a:${n % 3}`, n))
      await relayAll(relay)
      const numbers = bus.published.map(({ data }) => data as number)
      assert.deepEqual(
        numbers.toSorted((left, right) => left - right),
        Array.from({ length: 12 }, (_, n) => n),
      )
      for (const aggregate of [0, 1, 2]) {
        const own = numbers.filter((n) => n % 3 === aggregate)
        assert.deepEqual(
          own,
          own.toSorted((left, right) => left - right),
        )
      }
    })

    it('tries again after a pause that grows, and holds back only what follows in the same aggregate', async () => {
      const bus = new TestBus()
      bus.refuse = ({ data }) => data === 'first'
      const relay = relayTo(bus, 10)
      await relay.append(happened('b:1', 'first'), happened('b:1', 'second'), happened('b:2', 'other'))
      await relayAll(relay)
      assert.deepEqual(
        bus.published.map(({ data }) => data),
        ['other'],
      )
      clock.time += 999
      assert.equal(await relay.relayOnce(), 0, 'not before its pause is over')
      clock.time += 1
      assert.equal(await relay.relayOnce(), 1)
      clock.time += 1999
      assert.equal(await relay.relayOnce(), 0, 'the second pause is twice as long')
      bus.refuse = () => false
      clock.time += 1
      await relayAll(relay)
      assert.deepEqual(
        bus.published.map(({ data }) => data),
        ['other', 'first', 'second'],
      )
    })

    it('gives an event up after its attempts, says so, goes on with the next, and can be told to try anew', async () => {
      const bus = new TestBus()
      bus.refuse = ({ data }) => data === 'bad'
      const relay = relayTo(bus, 3)
      const bad = happened('c:1', 'bad')
      await relay.append(bad, happened('c:1', 'good'))
      for (let round = 0; round < 5; round++) {
        await relayAll(relay)
        clock.time += 10_000
      }
      assert.deepEqual(
        bus.published.map(({ data }) => data),
        ['good'],
      )
      assert.ok(log.lines.includes('an event could not be published and is dead'))
      const [dead] = await store.dead(10, null)
      assert.deepEqual([dead?.event.id, dead?.attempts, dead?.lastError], [bad.id, 3, 'Error: not now'])
      bus.refuse = () => false
      assert.equal(await store.revive(bad.id, clock.now()), true)
      assert.equal(await store.revive(bad.id, clock.now()), false)
      await relayAll(relay)
      assert.equal(bus.published.at(-1)?.id, bad.id)
      assert.deepEqual(await store.dead(10, null), [])
    })

    it('lists the dead in slices, and has all of them tried anew at once', async () => {
      const bus = new TestBus()
      bus.refuse = () => true
      const relay = relayTo(bus, 1)
      const events = [1, 2, 3].map((n) => happened(`dead:${n}`))
      await relay.append(...events)
      await relayAll(relay)
      const first = await store.dead(2, null)
      const second = await store.dead(2, first.at(-1)?.position ?? 0)
      assert.deepEqual(
        [first, second].map((rows) => rows.map(({ event }) => event.id)),
        [events.slice(0, 2), events.slice(2)].map((some) => some.map(({ id }) => id)),
      )
      bus.refuse = () => false
      assert.equal(await store.reviveAll(clock.now()), 3)
      assert.equal(await store.reviveAll(clock.now()), 0)
      await relayAll(relay)
      assert.deepEqual(
        bus.published.map(({ id }) => id),
        events.map(({ id }) => id),
      )
    })

    it('publishes again what was not marked when the relay died, and its effect comes once', async () => {
      const bus = new TestBus()
      const handled = handledOn(storage)
      let effects = 0
      const dying = relayTo(bus)
      const event = happened('d:1')
      await dying.append(event)
      // The end of the process between publishing and marking, as the storage sees it.
      const { transactions } = storage
      const killed = transactions.transaction(async () => {
        assert.equal(await dying.relayOnce(), 1)
        throw new Error('killed')
      })
      await assert.rejects(killed, /killed/)
      await relayAll(relayTo(bus))
      assert.deepEqual(
        bus.published.map(({ id }) => id),
        [event.id, event.id],
      )
      for (const published of bus.published) await handled.once('mail', published, async () => void effects++)
      assert.equal(effects, 1)
    })

    it('forgets that an event was handled when its effect was undone, and keeps consumers apart', async () => {
      const handled = handledOn(storage)
      const event = { id: newId() }
      await assert.rejects(
        handled.once('mail', event, async () => Promise.reject(new Error('no'))),
        /no/,
      )
      let effects = 0
      const effect = async () => void effects++
      assert.equal(await handled.once('mail', event, effect), true)
      assert.equal(await handled.once('mail', event, effect), false)
      assert.equal(await handled.once('stock', event, effect), true)
      assert.equal(effects, 2)
      const both = await Promise.all([1, 2].map(() => handled.once('late', event, effect)))
      assert.deepEqual([both.toSorted(), effects], [[false, true], 3])
    })

    it('removes what was delivered long ago', async () => {
      const relay = relayTo(new TestBus())
      await relay.append(happened('e:1'))
      await relayAll(relay)
      assert.ok((await store.removeDelivered(new Date(clock.time + 1))) > 0)
      assert.equal(await store.removeDelivered(new Date(clock.time + 1)), 0)
    })

    it('is relayed by itself, soon after the transaction, outside of what it was written in', async () => {
      const bus = new InProcessEventBus({ log: new SilentLog() })
      const relay = relayTo(bus)
      relay.start()
      const heard: unknown[] = []
      const handle = async ({ data }: ShopEvent) =>
        // A transaction of its own, although the event comes out of one.
        storage.transactions.transaction(async () => void heard.push(data))
      await bus.subscribe({ consumer: 'mail', types: ['x'], handle })
      await storage.transactions.transaction(() => relay.append(happened('f:1', 1)))
      await eventually(
        async () => heard.length,
        (count) => count === 1,
      )
      assert.deepEqual(heard, [1])
      await relay.stop()
      await bus.close()
    })
  })
}

function handledOn(storage: Storage) {
  return storage.kind === 'sql'
    ? new SqlHandledEvents(storage.sql, storage.transactions, clock)
    : new MemoryHandledEvents(storage.memory, clock)
}

/** Where several instances share a storage. */
export function describeTwoRelays(
  name: string,
  create: () => TestStorage,
  skip: string | false = false,
): void {
  it(`${name}: of two instances, one publishes an event, and neither overtakes the other`, {
    skip,
  }, async () => {
    const tested = create()
    const nothing = { sql: async () => {}, memory: async () => {} }
    const storages = [await openStorage(tested.choice, nothing, new SilentLog())]
    storages.push(await openStorage(tested.choice, nothing, new SilentLog()))
    const published: number[] = []
    const bus = new TestBus()
    bus.publish = async ({ data }) => {
      await new Promise((resolve) => setTimeout(resolve, 2))
      published.push(data as number)
    }
    const relays = storages.map(({ transactions, ...storage }) => {
      assert.ok('sql' in storage)
      const store = new SqlOutboxStore(storage.sql)
      return new OutboxRelay({ store, transactions, events: bus, clock, log: new SilentLog(), restMs: 5 })
    })
    const [first] = relays
    for (let n = 0; n < 60; n++) await first?.append(happened(`a:${n % 6}`, n))
    for (const relay of relays) relay.start()
    await eventually(
      async () => published.length,
      (count) => count >= 60,
    )
    for (const relay of relays) await relay.stop()
    assert.deepEqual(
      published.toSorted((left, right) => left - right),
      Array.from({ length: 60 }, (_, n) => n),
    )
    for (let aggregate = 0; aggregate < 6; aggregate++) {
      const own = published.filter((n) => n % 6 === aggregate)
      assert.deepEqual(
        own,
        own.toSorted((left, right) => left - right),
      )
    }
    for (const storage of storages) await storage.close()
    await tested.remove()
  })
}
