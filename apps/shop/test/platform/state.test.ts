import assert from 'node:assert/strict'
import { it } from 'node:test'
import { StateUnavailable } from '#shop/domain/errors.js'
import { StartError } from '#shop/platform/configuration/start-error.js'
import { MemoryState } from '#shop/platform/state/memory-state.js'
import { openState } from '#shop/platform/state/open-state.js'
import { SilentLog } from '../support/silent-log.js'
import { memoryState, REDIS_URL, redisIsMissing, redisState } from '../support/states.js'
import { describeState } from './state-suite.js'

const skip = await redisIsMissing()

describeState('the state in memory', memoryState)
describeState('the state in Redis', redisState, skip)

it('the state in memory has a bound', async () => {
  const state = new MemoryState(3)
  for (const key of ['a', 'b', 'c', 'd']) await state.set(key, key)
  assert.deepEqual([await state.get('a'), await state.get('d')], [null, 'd'])
})

it('a Redis that does not answer keeps the shop from starting, without a word of its password', async () => {
  const choice = { kind: 'redis', url: 'redis://me:secret@127.0.0.1:1/0', prefix: 'x:' } as const
  await assert.rejects(openState(choice, new SilentLog()), (error) => {
    assert.ok(error instanceof StartError)
    assert.match(error.message, /^Redis at 127\.0\.0\.1:1\/0 does not let us in: .*\nCheck REDIS_URL/)
    return !error.message.includes('secret')
  })
})

it('a Redis connection that is gone rejects with StateUnavailable', { skip }, async () => {
  const state = await openState({ kind: 'redis', url: REDIS_URL, prefix: 'shop-test-gone:' }, new SilentLog())
  await state.close()
  await assert.rejects(state.get('x'), StateUnavailable)
  await assert.rejects(state.increment('x'), StateUnavailable)
})
