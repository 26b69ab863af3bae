/**
 * What the diagnostics channels cost a request whose bytes come from memory (in-memory.mjs says how it is measured): without a
 * subscriber, beside a checkout of another commit, and with subscribers that only count.
 *
 *     node bench/diagnostics.mjs                           hello, and 90 middleware
 *     node bench/diagnostics.mjs --against ../before       also the package of that checkout, built and installed
 *     node bench/diagnostics.mjs --node 20,24 --rounds 9   on these versions, and more rounds
 *
 * A fresh process for each contestant and round, in turn; medians, and what they are of the first.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments } from '../scripts/arguments.mjs'
import { install } from './harness/install.mjs'
import { chooseNodes } from './harness/nodes.mjs'
import { chooseScenarios, countOf } from './harness/options.mjs'
import { pinned, SERVER_CORE } from './harness/pinning.mjs'
import { median, spread } from './harness/statistics.mjs'
import { written } from './report/metrics.mjs'
import { markdownTable } from './report/tables.mjs'

const HERE = fileURLToPath(new URL('..', import.meta.url))
const SUBSCRIBED = fileURLToPath(new URL('memory/subscribed.mjs', import.meta.url))
const SCENARIOS = ['hello-json', 'middleware-90']
const REQUESTS = ['start', 'finish', 'abort'].map((name) => `nozomi.request.${name}`)
const LAYERS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map(
  (name) => `tracing:nozomi.layer:${name}`,
)

const { values: options } = readArguments(import.meta.url, {
  options: {
    against: { type: 'string' },
    node: { type: 'string' },
    'node-bin': { type: 'string' },
    rounds: { type: 'string' },
  },
})
const rounds = countOf('rounds', options.rounds, 5)
const contestants = [
  ...(options.against ? [{ name: 'before', folder: resolve(options.against), channels: [] }] : []),
  { name: 'no subscriber', folder: HERE, channels: [] },
  { name: 'nozomi.request', folder: HERE, channels: REQUESTS },
  { name: 'nozomi.layer', folder: HERE, channels: LAYERS },
  { name: 'all, with next', folder: HERE, channels: [...REQUESTS, ...LAYERS, 'nozomi.layer.next'] },
]

install()
for (const node of chooseNodes(options.node, options['node-bin'])) {
  const rows = []
  for (const scenario of SCENARIOS.flatMap((name) => chooseScenarios([name]))) {
    const values = contestants.map(() => [])
    for (let round = 0; round < rounds; round++) {
      // Each round starts with another one: whoever comes after the same neighbour would share its luck.
      for (const place of contestants.keys()) {
        const index = (place + round) % contestants.length
        values[index].push(cpuOf(node.binary, contestants[index], scenario.name))
      }
    }
    const first = median(values[0])
    rows.push([scenario.title, ...values.map((each) => cellOf(each, first))])
    console.error(`Node ${node.version}, ${scenario.name}: ${rows.at(-1).slice(1).join(', ')}`)
  }
  const head = ['µs a request', ...contestants.map(({ name }) => name)]
  console.log(
    `\nNode ${node.version}, ${rounds} rounds: medians (lowest to highest)\n\n${markdownTable(head, rows)}`,
  )
}

function cpuOf(binary, { folder, channels }, scenario) {
  const preload = channels.length > 0 ? ['--import', SUBSCRIBED] : []
  const serve = resolve(folder, 'bench/memory/serve-from-memory.mjs')
  const [command, ...args] = pinned(SERVER_CORE, [binary, ...preload, serve, 'nozomi', scenario])
  const environment = {
    NODE_ENV: 'production',
    NO_COLOR: '1',
    NODE_OPTIONS: '',
    BENCH_SUBSCRIBE: channels.join(','),
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
