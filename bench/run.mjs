/**
 * Nozomi side by side with its peers, in one run: bench/README.md says how to read what comes out.
 *
 *     node bench/run.mjs                          all scenarios, on the node that runs this
 *     node bench/run.mjs hello routes-1000        those with these words in their names
 *     node bench/run.mjs --node 20,24,26          on these versions, taken from npm where they are missing
 *     node bench/run.mjs --node-bin /path/node    on the node at this path
 *     node bench/run.mjs --only nozomi,express    these contestants alone
 *     node bench/run.mjs --rounds 5 --seconds 3   more of them, and longer; --warm-up: the longest warm-up, in seconds
 *     node bench/run.mjs --quick                  one short round: shows that all works, and no more
 *     node bench/run.mjs --write                  also writes docs/benchmarks.md and its charts
 *     node bench/run.mjs --targets                measures what has a goal, and prints how far it is reached
 *     node bench/run.mjs --report                 measures nothing: for --write and --targets, from earlier results
 */
import { readArguments } from '../scripts/arguments.mjs'
import { CONTESTANTS } from './contestants/contestants.mjs'
import { describeEnvironment } from './harness/environment.mjs'
import { install } from './harness/install.mjs'
import { measureAll } from './harness/measure.mjs'
import { chooseNodes } from './harness/nodes.mjs'
import { chooseContestants, chooseScenarios, countOf } from './harness/options.mjs'
import { publishResults, readPublished, readResults, saveResult } from './harness/results.mjs'
import { verify } from './harness/verify.mjs'
import { isAlwaysSlowed, metricsOf, middleOf, starvedShareOf, written } from './report/metrics.mjs'
import { writePage } from './report/page.mjs'
import { tableOf } from './report/tables.mjs'
import { contestantsOfTargets, scenariosOfTargets, targetsTable } from './report/targets.mjs'
import { writeFiles } from './workload/files.mjs'

const { values: options, positionals } = readArguments(import.meta.url, {
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    'warm-up': { type: 'string' },
    node: { type: 'string' },
    'node-bin': { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    targets: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
})

const plan = {
  quick: options.quick,
  rounds: countOf('rounds', options.rounds, options.quick ? 1 : 3),
  seconds: countOf('seconds', options.seconds, options.quick ? 1 : 2),
  warmUpSeconds: countOf('warm-up', options['warm-up'], options.quick ? 2 : 8),
  scenarios: scenarios(),
  contestantsOf: contestantsOf(chooseContestants(options.only)),
}
/** What leaves contestants out, or is over too soon, is for the one who looks: it does not stand in for a whole result. */
const isKept = options.only === undefined && !options.targets && (!options.quick || options.write)

const measured = options.report ? new Map([...readPublished(), ...readResults()]) : await measure()
if (options.targets) printTargets(measured)
if (options.write) {
  publishResults(readResults())
  writePage(readPublished())
}

function scenarios() {
  return options.targets && positionals.length === 0 ? scenariosOfTargets() : chooseScenarios(positionals)
}

function contestantsOf(chosen) {
  return (scenario) => {
    const names = options.targets ? contestantsOfTargets(scenario) : scenario.contestants
    return names.filter((name) => chosen.includes(name))
  }
}

/** Measures on each version of node; gives the results by major version. */
async function measure() {
  install()
  writeFiles()
  const environment = describeEnvironment()
  if (!environment.isPinned)
    console.error('without taskset or a second core, server and load disturb each other')
  const byNode = new Map()
  for (const node of chooseNodes(options.node, options['node-bin'])) {
    console.error(`Node ${node.version}: checking the answers ...`)
    const isRight = await rightAnswers(node)
    const results = new Map()
    byNode.set(node.major, results)
    const nodePlan = {
      ...plan,
      node: node.binary,
      contestantsOf: (scenario) => plan.contestantsOf(scenario).filter((name) => isRight(scenario, name)),
    }
    const onScenario = (scenario, contestants, round) => {
      const result = resultOf({ scenario, node, environment, contestants })
      results.set(scenario.name, result)
      if (isKept) saveResult(result)
      console.error(progressOf(scenario, result, round))
    }
    await measureAll(nodePlan, { onScenario, onFailure: reportFailure })
    for (const scenario of plan.scenarios) printTable(scenario, results.get(scenario.name))
  }
  return byNode
}

/** Checks every answer before anything is timed: gives who may take part in what. */
async function rightAnswers(node) {
  const verdicts = await verify({
    node: node.binary,
    scenarios: plan.scenarios,
    contestants: Object.keys(CONTESTANTS).filter((name) =>
      plan.scenarios.some((scenario) => plan.contestantsOf(scenario).includes(name)),
    ),
  })
  const wrong = verdicts.filter(({ faults }) => faults.length > 0)
  for (const { scenario, contestant, faults } of wrong) {
    reportFailure(`${scenario}: ${contestant}: ${faults[0]}`)
  }
  return (scenario, contestant) =>
    !wrong.some((verdict) => verdict.scenario === scenario.name && verdict.contestant === contestant)
}

function resultOf({ scenario, node, environment, contestants }) {
  return {
    scenario: scenario.name,
    node: node.version,
    seconds: plan.seconds,
    finishedAt: new Date().toISOString(),
    environment,
    contestants: Object.fromEntries(contestants),
  }
}

function progressOf(scenario, result, round) {
  const [metric] = metricsOf(scenario)
  const figures = scenario.contestants
    .filter((name) => result.contestants[name])
    .map((name) => `${name} ${written(middleOf(result, name, metric))}`)
  const line = `Node ${result.node}, round ${round + 1} of ${plan.rounds}, ${scenario.name}: ${figures.join(', ')}`
  const names = Object.keys(result.contestants)
  const starved = names
    .map((name) => ({ name, share: starvedShareOf(result, name) }))
    .filter(({ share }) => share !== null)
    .map(({ name, share }) => `${name} (${Math.round(share * 100)} %)`)
  const slowed = names.filter((name) => isAlwaysSlowed(result, name))
  return [
    line,
    ...(starved.length > 0
      ? [`  did not run all the time under load, and are not to be trusted: ${starved.join(', ')}`]
      : []),
    ...(slowed.length > 0
      ? [`  had a slower core than others so far, and are not to be trusted: ${slowed.join(', ')}`]
      : []),
  ].join('\n')
}

function printTable(scenario, result) {
  console.log(`\n${scenario.title} (Node ${result.node})\n${tableOf(scenario, result)}`)
}

function printTargets(byNode) {
  for (const [major, results] of byNode) console.log(`\nNode ${major}\n${targetsTable(major, results)}`)
}

/** The run goes on after a failure, and says at its end that there was one. */
function reportFailure(failure) {
  console.error(`failed: ${failure}`)
  process.exitCode = 1
}
