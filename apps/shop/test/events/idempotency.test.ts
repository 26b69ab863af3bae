import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { KeyInFlight, KeyReused } from '#shop/domain/errors.js'
import { openStorage, type Storage } from '#shop/platform/database/storage.js'
import { KEPT_FOR_MS } from '#shop/platform/idempotency/idempotency-keys.js'
import { MemoryKeyStore } from '#shop/platform/idempotency/memory-key-store.js'
import { SqlKeyStore } from '#shop/platform/idempotency/sql-key-store.js'
import { StoredIdempotencyKeys } from '#shop/platform/idempotency/stored-idempotency-keys.js'
import { SilentLog } from '../support/silent-log.js'
import {
  memoryStorage,
  pgliteStorage,
  postgresIsMissing,
  postgresStorage,
  type TestStorage,
} from '../support/storages.js'

const REQUEST = { owner: 'ada', key: 'key-12345', fingerprint: 'a' }

/** The contract of idempotency keys: every storage passes it. */
function describeKeys(name: string, create: () => TestStorage, skip: string | false = false): void {
  describe(name, { skip }, () => {
    const clock = { time: Date.now(), now: () => new Date(clock.time) }
    let tested: TestStorage
    let storage: Storage

    before(async () => {
      tested = create()
      storage = await openStorage(
        tested.choice,
        { sql: async () => {}, memory: async () => {} },
        new SilentLog(),
      )
    })

    after(async () => {
      await storage?.close()
      await tested?.remove()
    })

    /** As an instance of the shop has them. */
    const open = () => {
      const store = storage.kind === 'sql' ? new SqlKeyStore(storage.sql) : new MemoryKeyStore(storage.memory)
      return new StoredIdempotencyKeys(store, storage.transactions, clock)
    }
    const answer = (text: string) => async () => ({ status: 201, headers: { Location: '/x' }, text })

    it('give the first answer again, and do nothing', async () => {
      const keys = open()
      // In an order of its own, with a sign that jsonb would not take.
      const text = '{"zebra":1, "a":[1,"two",null,1.50],"b":"\\u0000","a":2}'
      const first = await keys.once(REQUEST, answer(text))
      assert.deepEqual(first, { answer: { status: 201, headers: { Location: '/x' }, text }, isReplay: false })
      const second = await open().once(REQUEST, () => assert.fail('it was done again'))
      assert.deepEqual(second, { ...first, isReplay: true })
    })

    it('are of one owner, and for one request', async () => {
      const keys = open()
      await keys.once({ ...REQUEST, key: 'mine-123' }, answer('1'))
      const other = await keys.once({ ...REQUEST, key: 'mine-123', owner: 'bob' }, answer('2'))
      assert.deepEqual([other.isReplay, other.answer.text], [false, '2'])
      const reused = keys.once({ ...REQUEST, key: 'mine-123', fingerprint: 'b' }, answer('3'))
      await assert.rejects(reused, KeyReused)
    })

    it('keep nothing of what failed', async () => {
      const keys = open()
      const request = { ...REQUEST, key: 'fails-123' }
      await assert.rejects(
        keys.once(request, async () => Promise.reject(new Error('no'))),
        /no/,
      )
      assert.equal((await keys.once(request, answer('1'))).isReplay, false)
    })

    it('refuse a repetition while the first one is at work', async () => {
      const keys = open()
      const request = { ...REQUEST, key: 'slow-1234' }
      let finish = (): void => {}
      let begun = (): void => {}
      const atWork = new Promise<void>((resolve) => (begun = resolve))
      const first = keys.once(request, async () => {
        begun()
        await new Promise<void>((resolve) => (finish = resolve))
        return { status: 201, headers: {}, text: '1' }
      })
      await atWork
      await assert.rejects(keys.once(request, answer('2')), KeyInFlight)
      if (tested.choice.kind === 'postgres')
        await assert.rejects(open().once(request, answer('2')), KeyInFlight)
      finish()
      assert.equal((await first).isReplay, false)
      assert.equal((await keys.once(request, answer('3'))).answer.text, '1')
    })

    it('do it once when many ask at the same time, on two instances', async () => {
      const request = { ...REQUEST, key: 'many-1234' }
      let done = 0
      const instances = [open(), open()]
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          instances[index % 2]?.once(request, async () => {
            done++
            return { status: 201, headers: {}, text: '1' }
          }),
        ),
      )
      assert.equal(done, 1)
      for (const result of results)
        if (result.status === 'rejected') assert.ok(result.reason instanceof KeyInFlight)
    })

    it('are forgotten after a day', async () => {
      const keys = open()
      const request = { ...REQUEST, key: 'old-12345' }
      await keys.once(request, answer('1'))
      clock.time += KEPT_FOR_MS - 1
      assert.equal((await keys.once(request, answer('2'))).answer.text, '1')
      clock.time += 1
      assert.equal((await keys.once(request, answer('2'))).answer.text, '2')
      clock.time += KEPT_FOR_MS
      assert.ok((await keys.removeExpired(clock.now())) > 0)
    })
  })
}

describeKeys('idempotency keys in memory', memoryStorage)
describeKeys('idempotency keys on PGlite', pgliteStorage)
describeKeys('idempotency keys on PostgreSQL', postgresStorage, await postgresIsMissing())
