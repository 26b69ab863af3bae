import type { HeadLimits } from '#dist/server/turbo/protocol/limits.js'
import { type Case, caseOf } from './case.mjs'
import { judge, type Verdict } from './judge.mjs'
import { USUAL_LIMITS } from './limits.mjs'
import type { Observation } from './observation.mjs'
import { NodeOracle } from './observe-node.mjs'
import { observeParser } from './observe-parser.mjs'
import { shrink } from './shrink.mjs'

/*
 * Runs cases against the oracle, a batch at a time, and says what was seen.
 */

const BATCH = 100

export interface RunOptions {
  limits?: HeadLimits
  onBatch?: (done: number) => void
}

export interface Summary {
  equal: number
  /** How often each known difference was met. */
  known: Map<string, number>
}

/** Runs `count` cases, from one seed on. Throws at the first unexplained one, with its smallest form. */
export async function runCases(
  firstSeed: number,
  count: number,
  { limits = USUAL_LIMITS, onBatch }: RunOptions = {},
): Promise<Summary> {
  const oracle = new NodeOracle(limits)
  const summary: Summary = { equal: 0, known: new Map() }
  for (let done = 0; done < count; done += BATCH) {
    const seeds = Array.from(
      { length: Math.min(BATCH, count - done) },
      (_, index) => firstSeed + done + index,
    )
    const cases = seeds.map(caseOf)
    const seen = await oracle.observe(cases)
    for (const [index, one] of cases.entries()) {
      const verdict = verdictOn(one, seen[index] as (typeof seen)[number], limits)
      if (verdict.kind === 'unexplained')
        throw new Error(await explain(seeds[index] as number, one, oracle, limits))
      if (verdict.kind === 'equal') summary.equal++
      else summary.known.set(verdict.name, (summary.known.get(verdict.name) ?? 0) + 1)
    }
    onBatch?.(done + seeds.length)
  }
  return summary
}

/** Judges a case alone. */
export async function verdictOf(one: Case, oracle: NodeOracle, limits = USUAL_LIMITS): Promise<Verdict> {
  const [seen] = await oracle.observe([one])
  return verdictOn(one, seen as NonNullable<typeof seen>, limits)
}

/** Beside node, ours is held against itself: cuts into packets must change nothing. */
function verdictOn(one: Case, node: Observation, limits: HeadLimits): Verdict {
  const ours = observeParser(one, limits)
  const whole = JSON.stringify(observeParser({ stream: one.stream, cuts: [] }, limits))
  if (JSON.stringify(ours) === whole) return judge(one, node, ours, limits)
  return { kind: 'unexplained', what: `cut: ${JSON.stringify(ours)}\nwhole: ${whole}` }
}

async function explain(seed: number, one: Case, oracle: NodeOracle, limits: HeadLimits): Promise<string> {
  const smallest = await shrink(
    one,
    async (smaller) => (await verdictOf(smaller, oracle, limits)).kind === 'unexplained',
  )
  const verdict = await verdictOf(smallest, oracle, limits)
  const what = verdict.kind === 'unexplained' ? verdict.what : verdict.kind
  return `seed ${seed}: ${JSON.stringify(smallest.stream).slice(0, 1000)}, cut at ${JSON.stringify(smallest.cuts)}\n${what}`
}
