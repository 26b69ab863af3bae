/**
 * The same application on Express and on Nozomi: the CPU time of three calls of the shop (apps/shop).
 *
 *     node bench/shop.mjs                          on the node that runs this
 *     node bench/shop.mjs --node 20,24             on these versions, taken from npm where they are missing
 *     node bench/shop.mjs --node-bin /path/node    on the node at this path
 *     node bench/shop.mjs --rounds 5 --seconds 4   more of them, and longer
 *     node bench/shop.mjs --write                  also writes docs/benchmarks-shop.md
 *
 * The data is in PostgreSQL (BENCH_DATABASE_URL, default postgres://postgres@127.0.0.1:5432/postgres), in a schema of
 * each shop's own that is dropped at the end: what the database does costs other processes. It needs wrk.
 */
import { readArguments } from '../scripts/arguments.mjs'
import { installIfNeeded, build } from '../scripts/run.mjs'
import { describeEnvironment } from './harness/environment.mjs'
import { LOAD_GENERATOR } from './harness/load.mjs'
import { chooseNodes } from './harness/nodes.mjs'
import { countOf, fail } from './harness/options.mjs'
import { measureShops } from './shop/measure-shops.mjs'
import { tableOf, writePage } from './shop/page.mjs'

const { values: options } = readArguments(import.meta.url, {
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    node: { type: 'string' },
    'node-bin': { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
if (LOAD_GENERATOR !== 'wrk') fail('each order has a key of its own, which wrk makes: install wrk')

installIfNeeded()
build()
const plan = {
  rounds: countOf('rounds', options.rounds, 3),
  seconds: countOf('seconds', options.seconds, 4),
  warmUpSeconds: 5,
  databaseUrl: process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres',
}
const results = []
for (const node of chooseNodes(options.node, options['node-bin'])) {
  const calls = await measureShops({ ...plan, node: node.binary })
  const result = { ...plan, node, calls, environment: describeEnvironment(), measuredAt: new Date() }
  results.push(result)
  console.log(`\nNode ${node.version}\n\n${tableOf(result)}`)
}
if (options.write) writePage(results)
