import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { Presence } from '#shop/platform/realtime/presence.js'
import { MemoryState } from '#shop/platform/state/memory-state.js'
import type { State } from '#shop/platform/state/state.js'
import { SilentLog } from '../support/silent-log.js'
import { until } from './chat-client.js'

const ADA = { id: 'ada', name: 'Ada' }
const BEN = { id: 'ben', name: 'Ben' }
const EVE = { id: 'eve', name: 'Eve' }

describe('presence', () => {
  const running: Presence[] = []

  afterEach(async () => {
    for (const presence of running.splice(0)) await presence.stop()
  })

  /** An instance of the shop; it crashes when `isDead` is set: nothing that it says is heard any more. */
  async function instance(
    shared: State,
  ): Promise<{ presence: Presence; changes: string[]; die: () => void }> {
    let isDead = false
    const state: Pick<State, 'publish' | 'subscribe'> = {
      subscribe: (channel, listener) => shared.subscribe(channel, listener),
      publish: async (channel, message) => {
        if (!isDead) await shared.publish(channel, message)
      },
    }
    const changes: string[] = []
    const presence = new Presence({
      state,
      log: new SilentLog(),
      reportEveryMs: 20,
      expiresAfterMs: 80,
      onChange: (place, { id }, isHere) => changes.push(`${id} ${isHere ? 'comes to' : 'leaves'} ${place}`),
    })
    await presence.start()
    running.push(presence)
    return { presence, changes, die: () => (isDead = true) }
  }

  const names = (presence: Presence) => presence.at('hall').map(({ name }) => name)

  it('is the same on all instances, also on those that start later', async () => {
    const state = new MemoryState()
    const one = await instance(state)
    one.presence.enter('hall', ADA, 'window 1')
    const two = await instance(state)
    two.presence.enter('hall', BEN, 'window 2')
    for (const { presence } of [one, two]) await until(() => names(presence).join() === 'Ada,Ben', 'both')
    one.presence.leave('hall', 'ada', 'window 1')
    for (const { presence } of [one, two]) await until(() => names(presence).join() === 'Ben', 'Ben alone')
    assert.deepEqual(two.changes.toSorted(), ['ada comes to hall', 'ada leaves hall', 'ben comes to hall'])
  })

  it('leaves no ghosts when an instance crashes', async () => {
    const state = new MemoryState()
    const [one, two] = [await instance(state), await instance(state)]
    one.presence.enter('hall', ADA, 'window 1')
    await until(() => names(two.presence).length === 1, 'Ada is seen')
    one.die()
    await until(() => names(two.presence).length === 0, 'Ada has expired')
    assert.deepEqual(two.changes, ['ada comes to hall', 'ada leaves hall'])
  })

  it('counts somebody with several windows, on several instances, once', async () => {
    const state = new MemoryState()
    const [one, two] = [await instance(state), await instance(state)]
    one.presence.enter('hall', ADA, 'window 1')
    one.presence.enter('hall', ADA, 'window 2')
    two.presence.enter('hall', ADA, 'window 3')
    two.presence.enter('hall', BEN, 'window 4')
    // What was said before has been heard then, too.
    await until(() => names(one.presence).length === 2, 'Ben is heard of')
    one.presence.leave('hall', 'ada', 'window 1')
    one.presence.leaveAll('ada', 'window 2')
    one.presence.enter('hall', EVE, 'window 5')
    await until(() => names(two.presence).includes('Eve'), 'Eve is heard of')
    assert.deepEqual(names(two.presence), ['Ada', 'Ben', 'Eve'])
    assert.deepEqual(one.changes, ['ada comes to hall', 'ben comes to hall', 'eve comes to hall'])
    two.presence.leaveAll('ada', 'window 3')
    await until(() => one.changes.at(-1) === 'ada leaves hall', 'Ada has left')
  })
})
