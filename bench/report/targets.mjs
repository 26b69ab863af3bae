import { CONTESTANTS } from '../contestants/contestants.mjs'
import { median, spread } from '../harness/statistics.mjs'
import { SCENARIOS } from '../scenarios/scenarios.mjs'
import { TARGETS } from '../targets.mjs'
import { areOfOneMachine, markOf } from './machines.mjs'
import { metricsOf, starvedShareOf, valuesByRound } from './metrics.mjs'
import { markdownTable } from './tables.mjs'

const SUBJECT = 'nozomi'

/** The scenarios that the targets need. */
export function scenariosOfTargets() {
  const names = new Set(
    TARGETS.flatMap(({ scenario, goals }) => [scenario, ...goals.map(({ against }) => against.scenario)]),
  )
  return SCENARIOS.filter(({ name }) => names.has(name))
}

/** The contestants that the targets need in a scenario. */
export function contestantsOfTargets(scenario) {
  const goals = TARGETS.find((target) => target.scenario === scenario.name)?.goals ?? []
  return scenario.contestants.filter(
    (name) => name === SUBJECT || goals.some(({ of, against }) => of === name || against === name),
  )
}

/** Each ratio beside its goal, for one version of node. */
export function targetsTable(major, results) {
  const rows = TARGETS.flatMap(({ scenario, goals }) =>
    goals
      .filter(({ on }) => on.includes(major))
      .map((goal) =>
        rowOf(
          SCENARIOS.find(({ name }) => name === scenario),
          goal,
          results,
        ),
      ),
  )
  const met = rows.filter(([, , , , isReached]) => isReached.startsWith('yes')).length
  const head = ['', 'against', 'goal', 'ratio (of rounds)', 'reached']
  return `${markdownTable(head, rows)}\n\n${met} of ${rows.length} reached`
}

function rowOf(scenario, goal, results) {
  const metric = goal.metric ?? metricsOf(scenario)[0].key
  const { of: subject = SUBJECT } = goal
  const other = goal.against.scenario
    ? { result: results.get(goal.against.scenario), contestant: subject, title: goal.against.scenario }
    : {
        result: results.get(scenario.name),
        contestant: goal.against,
        title: CONTESTANTS[goal.against].title,
      }
  const name = subject === SUBJECT ? scenario.name : `${scenario.name}, ${CONTESTANTS[subject].title}`
  const title = `${goal.metric ? `${name}, ${goal.metric}` : name}${markOf(results, scenario.name)}`
  const wanted = goal.atMost === undefined ? `at least ${goal.better} x better` : `at most ${goal.atMost} x`
  const result = results.get(scenario.name)
  const ratios = ratiosOf(result, subject, other, metric, goal.better !== undefined)
  if (ratios === null) return [title, other.title, wanted, 'not measured', '-']
  const isReached = goal.atMost === undefined ? ratios.middle >= goal.better : ratios.middle <= goal.atMost
  const seen = `${ratios.middle.toFixed(2)} x (${ratios.range.map((ratio) => ratio.toFixed(2)).join(' to ')})`
  const isStarved = starvedShareOf(result, subject) ?? starvedShareOf(other.result, other.contestant)
  const doubt = isStarved === null ? '' : ' (busy machine: not to be trusted)'
  return [title, other.title, wanted, seen, (isReached ? 'yes' : 'no') + doubt]
}

/** The ratio of the medians, and the range of the ratios of rounds that count for both. */
function ratiosOf(result, subject, other, metric, isInverse) {
  const own = result ? valuesByRound(result, subject, metric) : []
  const others = other.result ? valuesByRound(other.result, other.contestant, metric) : []
  const [ownMiddle, otherMiddle] = [own, others].map((values) => middleOfCounted(values))
  if (ownMiddle === null || otherMiddle === null) return null
  if (!areOfOneMachine(result, other.result)) return null
  const divide = (a, b) => (isInverse ? b / a : a / b)
  const middle = divide(ownMiddle, otherMiddle)
  const rounds = own.flatMap((value, round) => {
    const otherValue = others[round] ?? null
    return value === null || otherValue === null ? [] : [divide(value, otherValue)]
  })
  return { middle, range: spread(rounds.length > 0 ? rounds : [middle]) }
}

function middleOfCounted(values) {
  const counted = values.filter((value) => value !== null)
  return counted.length > 0 ? median(counted) : null
}
