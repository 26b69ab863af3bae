import { measureIdle } from './measure-idle.mjs'
import { measureLoad } from './measure-load.mjs'
import { measureStartUp } from './measure-start-up.mjs'
import { Pace } from './pace.mjs'

const MEASURES = { load: measureLoad, idle: measureIdle, 'start-up': measureStartUp }

/**
 * Measures the contestants of the scenarios, round by round: each round goes through all scenarios, so that a time in
 * which the machine is busy with something else spoils one round of many scenarios, and not all rounds of one.
 *
 * @param {object} plan node, scenarios, contestants, rounds, and what the measures need: seconds, warmUpSeconds, quick
 * @param {(scenario: object, measured: Map<string, object[]>, round: number) => void} onScenario called with all that
 *   was measured of a scenario, after each of its rounds
 * @param {(failure: string) => void} onFailure called with what failed; it is tried once more, and then left out
 */
export async function measureAll(plan, { onScenario, onFailure }) {
  const measured = new Map(plan.scenarios.map((scenario) => [scenario, new Map()]))
  const pace = await Pace.start()
  try {
    for (let round = 0; round < plan.rounds; round++) {
      for (const scenario of plan.scenarios) {
        const results = measured.get(scenario)
        for (const contestant of inTurn(plan.contestantsOf(scenario), round)) {
          const result = await measureOrFail({ ...plan, contestant, scenario, pace }, onFailure)
          if (result) results.set(contestant, [...(results.get(contestant) ?? []), result])
        }
        onScenario(scenario, results, round)
      }
    }
  } finally {
    await pace.stop()
  }
}

/** One measurement; a second try, when the first fails on a machine that is busy with something else. */
async function measureOrFail(plan, onFailure) {
  for (let tries = 1; tries <= 2; tries++) {
    try {
      return await MEASURES[plan.scenario.measure](plan)
    } catch (error) {
      onFailure(`${plan.scenario.name}: ${plan.contestant}, try ${tries} of 2: ${error.message}`)
    }
  }
  return null
}

/** Each round starts with another contestant, so that none always comes after the same one. */
function inTurn(contestants, round) {
  const start = contestants.length === 0 ? 0 : round % contestants.length
  return [...contestants.slice(start), ...contestants.slice(0, start)]
}
