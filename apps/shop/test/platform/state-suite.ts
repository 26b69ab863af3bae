import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type AnyState, openState } from '#shop/platform/state/open-state.js'
import { SilentLog } from '../support/silent-log.js'
import type { TestState } from '../support/states.js'

/** The contract of the state: every implementation passes it. */
export function describeState(name: string, create: () => TestState, skip: string | false = false): void {
  describe(name, { skip }, () => {
    let tested: TestState
    let state: AnyState

    before(async () => {
      tested = create()
      state = await openState(tested.choice, new SilentLog())
    })

    after(async () => {
      await tested?.remove()
      await state?.close()
    })

    it('gives back what was set, and nothing for what was not', async () => {
      const key = randomUUID()
      assert.equal(await state.get(key), null)
      await state.set(key, 'é\n🍵')
      assert.equal(await state.get(key), 'é\n🍵')
      assert.equal(await state.expiresInMs(key), null)
      await state.set(key, '')
      assert.equal(await state.get(key), '')
      assert.deepEqual([await state.delete(key), await state.delete(key)], [true, false])
      assert.equal(await state.get(key), null)
    })

    it('forgets what has expired', async () => {
      const [short, long] = [randomUUID(), randomUUID()]
      await state.set(short, 'x', { expiresInMs: 40 })
      await state.set(long, 'x', { expiresInMs: 60_000 })
      const left = (await state.expiresInMs(long)) ?? 0
      assert.ok(left > 50_000 && left <= 60_000, String(left))
      await setTimeout(80)
      assert.deepEqual([await state.get(short), await state.get(long)], [null, 'x'])
      assert.equal(await state.setIfAbsent(short, 'y'), true)
      assert.deepEqual([await state.expire(long, 30), await state.expire(randomUUID(), 30)], [true, false])
      await setTimeout(60)
      assert.equal(await state.get(long), null)
    })

    it('a value that is set anew does not keep the old expiry', async () => {
      const key = randomUUID()
      await state.set(key, 'x', { expiresInMs: 30 })
      await state.set(key, 'y')
      await setTimeout(60)
      assert.equal(await state.get(key), 'y')
    })

    it('sets what is absent for one of many callers, and gives it to one who takes it', async () => {
      const key = randomUUID()
      const callers = Array.from({ length: 20 }, (_, index) => String(index))
      const set = await Promise.all(
        callers.map((value) => state.setIfAbsent(key, value, { expiresInMs: 60_000 })),
      )
      assert.equal(set.filter(Boolean).length, 1)
      assert.equal(await state.get(key), callers[set.indexOf(true)])
      const taken = await Promise.all(callers.map(() => state.take(key)))
      assert.equal(taken.filter((value) => value !== null).length, 1)
    })

    it('removes a value only when it is still the one that is expected', async () => {
      const key = randomUUID()
      await state.set(key, 'mine')
      assert.equal(await state.deleteIfEqual(key, 'yours'), false)
      assert.equal(await state.get(key), 'mine')
      assert.equal(await state.deleteIfEqual(key, 'mine'), true)
      assert.equal(await state.deleteIfEqual(key, 'mine'), false)
    })

    it('counts all increments, and expires with the first', async () => {
      const key = randomUUID()
      const sums = await Promise.all(Array.from({ length: 30 }, () => state.increment(key)))
      assert.deepEqual(
        sums.toSorted((left, right) => left - right),
        Array.from({ length: 30 }, (_, index) => index + 1),
      )
      assert.equal(await state.increment(key, -35), -5)
      const window = randomUUID()
      await state.increment(window, 2, { expiresInMs: 100 })
      await setTimeout(60)
      assert.equal(await state.increment(window, 1, { expiresInMs: 100 }), 3)
      await setTimeout(70)
      assert.equal(await state.increment(window), 1)
      await state.set(key, 'no number')
      await assert.rejects(state.increment(key), RangeError)
    })

    it('brings what is published to all who have subscribed, until they unsubscribe', async () => {
      const channel = randomUUID()
      const heard: string[] = []
      const listen = (name: string) => (message: string) => void heard.push(`${name} ${message}`)
      await state.publish(channel, 'too early')
      const leave = await state.subscribe(channel, listen('a'))
      const leaveLast = await state.subscribe(channel, listen('b'))
      await state.subscribe(randomUUID(), listen('elsewhere'))
      await state.publish(channel, '1')
      await until(() => heard.length === 2)
      await leave()
      await state.publish(channel, '2')
      await until(() => heard.length === 3)
      await leaveLast()
      await state.publish(channel, '3')
      await setTimeout(30)
      assert.deepEqual(heard.toSorted(), ['a 1', 'b 1', 'b 2'])
    })

    it('answers a check', () => state.check())
  })
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'it did not come')
    await setTimeout(5)
  }
}
