import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { subjectName } from '../harness/subject.js'
import type { Attack, Strike, Victim } from './attack.js'
import { attacks } from './attacks.js'
import { withVictim } from './victim.js'

/*
 * First against stock Express, where each strike must succeed, unless node protects it: that shows that the test can
 * fail. Then against the subject, which must hold.
 */

const protectedByNode = (strike: Strike) => strike.nodeProtects?.() ?? false

/** Runs the strikes as tests; on one victim, unless a strike leaves it dead or poisoned. */
function strikeAt(attack: Attack, factory: string, mustHold: (strike: Strike) => boolean): void {
  const run = (strike: Strike) => async (victim: Victim) => {
    const { held, evidence } = await strike.run(victim)
    assert.equal(held, mustHold(strike), evidence)
  }
  test(`${factory}: ${attack.title}`, async (t) => {
    if (attack.isLasting) {
      for (const strike of attack.strikes) {
        await t.test(strike.title, () => withVictim(attack.id, factory, run(strike)))
      }
    } else {
      await withVictim(attack.id, factory, async (victim) => {
        for (const strike of attack.strikes) await t.test(strike.title, () => run(strike)(victim))
      })
    }
  })
}

// Several at a time: some strikes at Express wait for an answer that does not come.
describe('stock Express falls', { concurrency: 4 }, () => {
  for (const attack of attacks) strikeAt(attack, 'express', protectedByNode)
})

describe(`${subjectName} holds`, { concurrency: 2, skip: subjectName === 'express' }, () => {
  for (const attack of attacks) strikeAt(attack, subjectName, () => true)
})
