import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, caseOf } from './case.mjs'
import { withoutAfterlife } from './observation.mjs'
import { observeParser } from './observe-parser.mjs'
import { expectedOf, TurboObserver } from './observe-turbo.mjs'
import { shrink } from './shrink.mjs'

const FIRST_SEED = Number(process.env.NOZOMI_SEED ?? 1)
const CASES = Number(process.env.NOZOMI_CASES ?? 5_000)
const BATCH = 100

test('answers, keeps and closes as its parsers read the stream', async (t) => {
  const turbo = new TurboObserver()
  const differs = async (one: Case): Promise<boolean> => {
    const [served] = await turbo.observe([one])
    return JSON.stringify(served) !== JSON.stringify(expected(one))
  }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed += BATCH) {
    const cases = Array.from({ length: BATCH }, (_, index) => caseOf(seed + index))
    const served = await turbo.observe(cases)
    for (const [index, one] of cases.entries()) {
      if (JSON.stringify(served[index]) === JSON.stringify(expected(one))) continue
      const smallest = await shrink(one, differs)
      const [seen] = await turbo.observe([smallest])
      assert.deepEqual(
        seen,
        expected(smallest),
        `seed ${seed + index}: ${JSON.stringify(smallest).slice(0, 1000)}`,
      )
    }
  }
  t.diagnostic(`seeds ${FIRST_SEED} to ${FIRST_SEED + CASES - 1}`)
})

function expected(one: Case): ReturnType<typeof expectedOf> {
  return expectedOf(withoutAfterlife(observeParser(one)))
}
