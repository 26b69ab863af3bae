/**
 * What @nozomi/insight costs a request whose bytes come from memory (in-memory.mjs says how it is measured): without the package,
 * with it switched off, and with more and more of it switched on.
 *
 *     node bench/insight.mjs                           hello, an API, and 90 middleware
 *     node bench/insight.mjs --node 20,24 --rounds 9   on these versions, and more rounds
 *
 * A fresh process for each contestant and round, in turn; medians, and what they are of the first.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readArguments } from '../scripts/arguments.mjs'
import { install } from './harness/install.mjs'
import { chooseNodes } from './harness/nodes.mjs'
import { chooseScenarios, countOf } from './harness/options.mjs'
import { pinned, SERVER_CORE } from './harness/pinning.mjs'
import { median, spread } from './harness/statistics.mjs'
import { written } from './report/metrics.mjs'
import { markdownTable } from './report/tables.mjs'

const WITH_INSIGHT = fileURLToPath(new URL('memory/with-insight.mjs', import.meta.url))
const SERVE = fileURLToPath(new URL('memory/serve-from-memory.mjs', import.meta.url))
const SCENARIOS = ['hello-json', 'api-get', 'middleware-90']
const CONTESTANTS = [
  { name: 'without it', insight: null },
  { name: 'off', insight: { enabled: false } },
  { name: 'requests', insight: { enabled: true, callSites: false, followAsync: false } },
  { name: 'and call sites', insight: { enabled: true, followAsync: false } },
  { name: 'all of it', insight: { enabled: true } },
]

const { values: options } = readArguments(import.meta.url, {
  options: {
    node: { type: 'string' },
    'node-bin': { type: 'string' },
    rounds: { type: 'string' },
  },
})
const rounds = countOf('rounds', options.rounds, 5)

install()
for (const node of chooseNodes(options.node, options['node-bin'])) {
  const rows = []
  for (const scenario of SCENARIOS.flatMap((name) => chooseScenarios([name]))) {
    const values = CONTESTANTS.map(() => [])
    for (let round = 0; round < rounds; round++) {
      for (const [index, { insight }] of CONTESTANTS.entries()) {
        values[index].push(cpuOf(node.binary, insight, scenario.name))
      }
    }
    const first = median(values[0])
    rows.push([scenario.title, ...values.map((each) => cellOf(each, first))])
    console.error(`Node ${node.version}, ${scenario.name}: ${rows.at(-1).slice(1).join(', ')}`)
  }
  const head = ['µs a request', ...CONTESTANTS.map(({ name }) => name)]
  console.log(
    `\nNode ${node.version}, ${rounds} rounds: medians (lowest to highest)\n\n${markdownTable(head, rows)}`,
  )
}

function cpuOf(binary, insight, scenario) {
  const preload = insight === null ? [] : ['--import', WITH_INSIGHT]
  const [command, ...args] = pinned(SERVER_CORE, [binary, ...preload, SERVE, 'nozomi', scenario])
  const environment = {
    NODE_ENV: 'production',
    NO_COLOR: '1',
    NODE_OPTIONS: '',
    // There is more to compile than in a contestant alone.
    BENCH_WARM_UP_MS: '4000',
    BENCH_INSIGHT: JSON.stringify(insight),
  }
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
  if (status !== 0) throw new Error(`${scenario}: ${stderr}`)
  return Number(stdout)
}

function cellOf(values, first) {
  const [lowest, highest] = spread(values)
  const factor = (median(values) / first).toFixed(2)
  return `${written(median(values))} (${written(lowest)} to ${written(highest)}), ${factor} x`
}
