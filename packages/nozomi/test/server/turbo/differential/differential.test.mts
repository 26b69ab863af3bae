import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KNOWN_DIFFERENCES } from './known-differences.mjs'
import { TIGHT_LIMITS } from './limits.mjs'
import { NodeOracle } from './observe-node.mjs'
import { runCases, verdictOf } from './run.mjs'

const FIRST_SEED = Number(process.env.NOZOMI_SEED ?? 1)
const CASES = 20_000
const TIGHT_CASES = 5000
const NODE = Number.parseInt(process.versions.node)

test('reads streams as node:http does, however they are cut, but for the known differences', async (t) => {
  const { equal, known } = await runCases(FIRST_SEED, CASES)
  t.diagnostic(`seeds ${FIRST_SEED} to ${FIRST_SEED + CASES - 1}: ${equal} equal`)
  for (const [name, count] of known) t.diagnostic(`${name}: ${count}`)
  assert.ok(equal > CASES / 2)
})

test('does so under limits that every third head comes near', async (t) => {
  const { equal } = await runCases(FIRST_SEED, TIGHT_CASES, { limits: TIGHT_LIMITS })
  t.diagnostic(`seeds ${FIRST_SEED} to ${FIRST_SEED + TIGHT_CASES - 1}: ${equal} equal`)
})

test('differs from node:http in each way that the list states', async (t) => {
  const oracle = new NodeOracle()
  for (const { name, example, isOnlyFor } of KNOWN_DIFFERENCES) {
    await t.test(name, async () => {
      const verdict = await verdictOf({ stream: example, cuts: [] }, oracle)
      const differs = isOnlyFor?.(NODE) ?? true
      assert.deepEqual(verdict, differs ? { kind: 'known', name } : { kind: 'equal' })
    })
  }
})
