import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { createTurboServer } from '#dist/server/turbo/server.js'
import { type Case, caseOf } from './case.mjs'
import { judge } from './judge.mjs'
import { withoutAfterlife } from './observation.mjs'
import { NodeOracle } from './observe-node.mjs'
import { observeParser } from './observe-parser.mjs'
import { expectedOf, type Served, ServedObserver } from './observe-served.mjs'
import { SERVED_DIFFERENCES } from './served-differences.mjs'
import { shrink } from './shrink.mjs'

const FIRST_SEED = Number(process.env.NOZOMI_SEED ?? 1)
const CASES = Number(process.env.NOZOMI_CASES ?? 5000)
const BATCH = 100

const oracle = new NodeOracle()
const node = new ServedObserver(createServer())
const turbo = new ServedObserver(createTurboServer())

test('answers, keeps and closes as its parsers read the stream', async (t) => {
  await forAll(t, async (cases) => {
    const served = await turbo.observe(cases)
    return cases.map((one, index) => [served[index], expectedOf(withoutAfterlife(observeParser(one)))])
  })
})

test('answers, keeps and closes as node:http does where it reads alike, but for the known differences', async (t) => {
  await forAll(t, async (cases) => {
    const read = await oracle.observe(cases)
    const byNode = await node.observe(cases)
    const byTurbo = await turbo.observe(cases)
    return cases.map((one, index) => {
      const isReadAlike = judge(one, read[index] as never, observeParser(one)).kind === 'equal'
      const pair = [byTurbo[index], byNode[index]] as [Served, Served]
      return isReadAlike && knownDifference(pair[1], pair[0]) === undefined ? pair : [null, null]
    })
  })
})

test('differs from node:http in each way that the list states', async (t) => {
  for (const { name, example } of SERVED_DIFFERENCES) {
    await t.test(name, async () => {
      const one = { stream: example, cuts: [] }
      const [byNode] = await node.observe([one])
      const [byTurbo] = await turbo.observe([one])
      assert.equal(knownDifference(byNode as Served, byTurbo as Served), name)
    })
  }
})

function knownDifference(byNode: Served, byTurbo: Served): string | undefined {
  if (JSON.stringify(byNode) === JSON.stringify(byTurbo)) return undefined
  return SERVED_DIFFERENCES.find((known) => known.applies(byNode, byTurbo))?.name
}

/** Runs all cases. `compare` gives two things for each, which must be equal. */
async function forAll(
  t: { diagnostic(message: string): void },
  compare: (cases: readonly Case[]) => Promise<unknown[][]>,
): Promise<void> {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed += BATCH) {
    const cases = Array.from({ length: BATCH }, (_, index) => caseOf(seed + index))
    const failing = (await compare(cases)).findIndex(differ)
    if (failing === -1) continue
    const smallest = await shrink(cases[failing] as Case, async (one) => (await compare([one])).some(differ))
    const [pair] = await compare([smallest])
    assert.deepEqual(
      pair?.[0],
      pair?.[1],
      `seed ${seed + failing}: ${JSON.stringify(smallest).slice(0, 1000)}`,
    )
  }
  t.diagnostic(`seeds ${FIRST_SEED} to ${FIRST_SEED + CASES - 1}`)
}

function differ([a, b]: unknown[]): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}
