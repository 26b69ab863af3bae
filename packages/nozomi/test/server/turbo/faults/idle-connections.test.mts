import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { contestants } from './contestants.mjs'
import { type Idle, measureIdle } from './idle-connections.mjs'
import { Victim } from './victim.mjs'

const COUNT = 1000

describe('a thousand idle connections', {
  skip: !existsSync('/proc/self/fd') && 'there is no /proc to count file descriptors in',
}, () => {
  const measured: Record<string, Idle> = {}

  for (const contestant of contestants) {
    it(`are answered again on ${contestant.name}, and leave nothing behind`, async (t) => {
      const victim = await Victim.start(contestant)
      t.after(() => victim.stop())
      const idle = await measureIdle(victim, COUNT)
      measured[contestant.name] = idle
      t.diagnostic(`${idle.heap} bytes of heap for each`)
      assert.equal(idle.answered, COUNT)
      assert.equal(idle.files, 0)
    })
  }

  it('take less of the heap on turbo than on node:http', () => {
    const [ofNode, ofTurbo] = [measured['node:http'], measured['turbo']]
    assert.ok(ofNode && ofTurbo)
    assert.ok(ofTurbo.heap < ofNode.heap, `${ofTurbo.heap} bytes against ${ofNode.heap}`)
  })
})
