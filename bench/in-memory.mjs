/**
 * What a framework adds to node:http: the CPU time of a request whose bytes come from memory, without a socket. What
 * the kernel and libuv cost is the same for all, and noisy; this shows the rest of it.
 *
 *     node bench/in-memory.mjs                      the scenarios that have goals, on the node that runs this
 *     node bench/in-memory.mjs hello-json api       those with these words in their names
 *     node bench/in-memory.mjs --only nozomi,koa    these contestants alone
 *     node bench/in-memory.mjs --node 20,24         on these versions, taken from npm where they are missing
 *     node bench/in-memory.mjs --rounds 5           more of them
 *
 * A fresh process for each contestant and round, in turn; medians. The answers are those that `run.mjs` checks.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readArguments } from '../scripts/arguments.mjs'
import { CONTESTANTS } from './contestants/contestants.mjs'
import { install } from './harness/install.mjs'
import { chooseNodes } from './harness/nodes.mjs'
import { chooseContestants, chooseScenarios, countOf } from './harness/options.mjs'
import { pinned, SERVER_CORE } from './harness/pinning.mjs'
import { median, spread } from './harness/statistics.mjs'
import { markdownTable } from './report/tables.mjs'
import { written } from './report/metrics.mjs'
import { writeFiles } from './workload/files.mjs'

const SERVE = fileURLToPath(new URL('memory/serve-from-memory.mjs', import.meta.url))
/** Idle connections and the start have nothing to do with it, and node:net speaks no HTTP. */
const DEFAULT = [
  'hello-json',
  'api-get',
  'api-post',
  'middleware-90',
  'json-post-110',
  'form-post',
  'static-10k',
  'production',
]

const { values: options, positionals } = readArguments(import.meta.url, {
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    node: { type: 'string' },
    'node-bin': { type: 'string' },
    rounds: { type: 'string' },
  },
})
const scenarios = chooseScenarios(positionals.length > 0 ? positionals : DEFAULT).filter(
  ({ measure }) => measure === 'load',
)
const chosen = chooseContestants(options.only).filter((name) => name !== 'node-net')
const rounds = countOf('rounds', options.rounds, 3)

install()
writeFiles()
for (const node of chooseNodes(options.node, options['node-bin'])) {
  const rows = []
  for (const scenario of scenarios) {
    const names = chosen.filter((name) => scenario.contestants.includes(name))
    const values = new Map(names.map((name) => [name, []]))
    for (let round = 0; round < rounds; round++) {
      for (const name of names) values.get(name).push(cpuOf(node.binary, name, scenario))
    }
    rows.push([scenario.title, ...chosen.map((name) => (values.has(name) ? cellOf(values.get(name)) : '-'))])
    console.error(
      `Node ${node.version}, ${scenario.name}: ${names.map((name) => `${name} ${cellOf(values.get(name))}`).join(', ')}`,
    )
  }
  const head = ['µs a request', ...chosen.map((name) => CONTESTANTS[name].title)]
  console.log(
    `\nNode ${node.version}, ${rounds} rounds: medians (lowest to highest)\n\n${markdownTable(head, rows)}`,
  )
}

function cpuOf(binary, contestant, scenario) {
  const [command, ...args] = pinned(SERVER_CORE, [binary, SERVE, contestant, scenario.name])
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', NODE_OPTIONS: '' }
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${scenario.name}: ${contestant}: ${stderr}`)
  return Number(stdout)
}

function cellOf(values) {
  return `${written(median(values))} (${spread(values).map(written).join(' to ')})`
}
