/**
 * Runs node's own tests of its HTTP server on turbo:
 *
 *     node scripts/node-suite.mjs <checkout of node, or of its tests> [--server turbo|node] [names ...]
 *
 * Each test is a process of its own, with the flags that it asks for, and with `scripts/turbo-preload.cjs` before it.
 * A test that fails on turbo runs on node:http too, the oracle: where it fails there as well (it is of another version
 * of node), it says nothing about turbo. So does a test that makes no server. What can't apply stands with its reason in
 * node-suite/inapplicable.mjs. Names choose the tests whose file name contains one of them.
 *
 *     --jobs <n>       tests at once (2)
 *     --json <file>    writes the verdict of each test
 *     --show           shows what failing tests printed
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { inapplicable } from './node-suite/inapplicable.mjs'
import { findTests } from './node-suite/find-tests.mjs'
import { runTest } from './node-suite/run-test.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: 'string', default: 'turbo' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
})
const [checkout, ...names] = positionals
if (!checkout || !['turbo', 'node'].includes(values.server)) {
  console.error('usage: node scripts/node-suite.mjs <checkout of node> [--server turbo|node] [names ...]')
  process.exit(2)
}

/** The verdicts, and what each says. */
const VERDICTS = {
  passed: 'passed',
  unsteady: 'failed at first, and passed when repeated',
  failed: 'failed, and pass on node:http',
  inapplicable: 'can not apply: node-suite/inapplicable.mjs says why',
  surprising: 'stand in node-suite/inapplicable.mjs, and pass',
  foreign: 'fail on this version of node itself',
  serverless: 'make no server',
  skipped: 'skipped themselves',
}

const root = resolve(checkout)
const tests = findTests(root).filter(
  (test) => names.length === 0 || names.some((name) => test.includes(name)),
)
const queue = [...tests]
const results = []
const started = Date.now()
await Promise.all(Array.from({ length: Number(values.jobs) }, (_, slot) => work(slot)))
results.sort((a, b) => (a.test < b.test ? -1 : 1))

console.log()
for (const [verdict, meaning] of Object.entries(VERDICTS)) {
  const those = results.filter((result) => result.verdict === verdict)
  if (those.length > 0) console.log(`${String(those.length).padStart(5)} ${meaning}`)
  if (['failed', 'unsteady', 'surprising'].includes(verdict))
    for (const { test } of those) console.log(`        ${test}`)
}
console.log(
  `${tests.length} tests in ${Math.round((Date.now() - started) / 1000)} s, node ${process.version}, ${values.server}`,
)
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`)
if (results.some(({ verdict }) => verdict === 'failed' || verdict === 'surprising')) process.exitCode = 1

async function work(slot) {
  for (let test = queue.shift(); test; test = queue.shift()) {
    const result = { test, ...(await judge(test, slot)) }
    results.push(result)
    if (result.verdict !== 'failed') continue
    console.log(`✖ ${test}${result.timedOut ? ' (timed out)' : ''}`)
    if (values.show) console.log(result.output.replaceAll(/^/gm, '    '))
  }
}

async function judge(test, slot) {
  const first = await runTest(root, test, values.server, slot)
  if (first.skipped) return { verdict: 'skipped' }
  if (first.servers === 0 && first.passed) return { verdict: 'serverless' }
  const isListed = test in inapplicable
  if (first.passed) return { verdict: isListed && values.server === 'turbo' ? 'surprising' : 'passed' }
  if (values.server === 'node') return { verdict: 'foreign', output: first.output, timedOut: first.timedOut }
  if (isListed) return { verdict: 'inapplicable' }
  const oracle = await runTest(root, test, 'node', slot)
  if (!oracle.passed) return { verdict: 'foreign' }
  if (oracle.servers === 0) return { verdict: 'serverless' }
  const again = await runTest(root, test, values.server, slot)
  if (again.passed) return { verdict: 'unsteady', output: first.output }
  return { verdict: 'failed', output: again.output, timedOut: again.timedOut }
}
