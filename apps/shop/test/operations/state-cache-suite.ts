import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { StateUnavailable } from '#shop/domain/errors.js'
import type { Cached } from '#shop/platform/cache/cache.js'
import { StateCache } from '#shop/platform/cache/state-cache.js'
import { type AnyState, openState } from '#shop/platform/state/open-state.js'
import { SilentLog } from '../support/silent-log.js'
import type { TestState } from '../support/states.js'

/** A source that counts how often it was asked. */
class Source {
  asked = 0
  value = 'one'
  delayMs = 0
  failure: Error | null = null

  wanted(key: string, isKept?: (value: string) => boolean): Cached<string> {
    return {
      kind: 'test',
      key,
      group: `group of ${key}`,
      compute: async () => {
        this.asked++
        const { value } = this
        await setTimeout(this.delayMs)
        if (this.failure !== null) throw this.failure
        return value
      },
      format: (value) => value,
      parse: (text) => text,
      ...(isKept && { isKept }),
    }
  }
}

export function stateCacheSuite(createState: () => TestState): void {
  const log = new SilentLog()
  const test = createState()
  let state: AnyState
  let keys = 0
  const newKey = () => `key-${++keys}`
  const instance = (options = {}) => new StateCache({ state, log, freshMs: 5000, ...options })

  before(async () => {
    state = await openState(test.choice, log)
  })

  after(async () => {
    await state.close()
    await test.remove()
  })

  it('computes once, and keeps it for other instances', async () => {
    const source = new Source()
    const wanted = source.wanted(newKey())
    assert.equal(await instance().get(wanted), 'one')
    source.value = 'two'
    assert.equal(await instance().get(wanted), 'one')
    assert.equal(source.asked, 1)
  })

  it('computes once for simultaneous callers, in one instance and in several', async () => {
    const source = new Source()
    source.delayMs = 60
    const wanted = source.wanted(newKey())
    const instances = [instance(), instance(), instance()]
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, index) => instances[index % 3]?.get(wanted)),
    )
    assert.deepEqual(new Set(answers), new Set(['one']))
    assert.equal(source.asked, 1)
  })

  it('computes again after its time', async () => {
    const source = new Source()
    const wanted = source.wanted(newKey())
    const cache = instance({ freshMs: 40 })
    await cache.get(wanted)
    await setTimeout(80)
    source.value = 'two'
    assert.equal(await cache.get(wanted), 'two')
    assert.equal(source.asked, 2)
  })

  it('computes again after an invalidation, on every instance', async () => {
    const source = new Source()
    const wanted = source.wanted(newKey())
    const [one, two] = [instance(), instance()]
    await one.get(wanted)
    source.value = 'two'
    await two.invalidate(wanted.group)
    assert.equal(await one.get(wanted), 'two')
    assert.equal(await two.get(wanted), 'two')
    assert.equal(source.asked, 2)
  })

  it('never gives what was being computed when the invalidation came', async () => {
    const source = new Source()
    source.delayMs = 80
    const wanted = source.wanted(newKey())
    const [one, two] = [instance(), instance()]
    const early = one.get(wanted)
    await setTimeout(30)
    source.value = 'two'
    await two.invalidate(wanted.group)
    const late = [one.get(wanted), two.get(wanted)]
    assert.equal(await early, 'one', 'who asked before may get what was before')
    assert.deepEqual(await Promise.all(late), ['two', 'two'])
    assert.equal(await one.get(wanted), 'two', 'what was computed before was not kept over it')
  })

  it('keeps nothing that failed, and nothing that is not for keeping', async () => {
    const source = new Source()
    const wanted = source.wanted(newKey(), (value) => value !== 'none')
    source.failure = new Error('broken')
    await assert.rejects(instance().get(wanted), /broken/)
    source.failure = null
    source.value = 'none'
    assert.equal(await instance().get(wanted), 'none')
    source.value = 'one'
    assert.equal(await instance().get(wanted), 'one')
    assert.equal(source.asked, 3)
  })

  it('goes on when the instance that computes is gone', async () => {
    const source = new Source()
    const wanted = source.wanted(newKey())
    // Its lock, without anybody behind it.
    await state.set(`cache:lock:${wanted.key}:-`, 'somebody', { expiresInMs: 150 })
    assert.equal(await instance({ waitMs: 300 }).get(wanted), 'one')
  })

  it('computes everything while the state is away, and says so', async () => {
    const source = new Source()
    const wanted = source.wanted(newKey())
    const outcomes: string[] = []
    const fail = async (): Promise<never> => {
      throw new StateUnavailable(new Error('gone'))
    }
    const away = { get: fail, set: fail, setIfAbsent: fail, deleteIfEqual: fail }
    const cache = instance({
      state: away,
      observe: (_kind: string, outcome: string) => outcomes.push(outcome),
    })
    assert.equal(await cache.get(wanted), 'one')
    await cache.invalidate(wanted.group)
    assert.equal(await cache.get(wanted), 'one')
    assert.deepEqual(outcomes, ['bypassed', 'bypassed'])
    assert.ok(log.lines.some((line) => /could not be told of a change/.test(line)))
  })
}
