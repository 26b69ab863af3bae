/**
 * `npm test`: installs and builds what is missing, and runs every test of the repository. Parts can be named:
 *
 *     npm test                     all of them
 *     npm test -- nozomi shop      two of them
 *     npm test -- runtime          of nozomi, what is run on other versions of Node: neither its docs nor its types
 *
 * The last line is `N passed, N failed, N skipped`, over all parts.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runEcosystem } from '../conformance/ecosystem/runner/run-ecosystem.mjs'
import { build, installIfNeeded, ROOT } from './run.mjs'
import { runTests } from './run-tests.mjs'
import { serverEnvironment } from './server-environment.mjs'
import { groupShopTests } from './shop-groups.mjs'

/** Of the framework, that of which a version of node can make no difference. */
const WHATEVER_NODE = /[/\\]test[/\\](?:docs|types)[/\\]/

const PARTS = {
  nozomi: () => runFolders('packages/nozomi/build/test'),
  insight: () => runFolders('packages/insight/build/test'),
  schema: () => runFolders('packages/schema/build/test'),
  cli: () => runFolders('packages/cli/build/test'),
  conformance: () => runFolders('conformance/build'),
  turbo: () => runOnTurbo(),
  ecosystem: () => addUp(runEcosystem(), runEcosystem({ server: 'turbo', words: NEAR_THE_SERVER })),
  shop: () => runShop(),
}
/** They are in the others already. */
const EXCERPTS = {
  runtime: () =>
    runTests(filesOf(['packages/nozomi/build/test']).filter((file) => !WHATEVER_NODE.test(file))),
}

/** Folders of tests that ask a server of node's for something; on turbo they run once more. */
const SERVED = /[/\\]test[/\\](?:application|body|files|messages|request|response)[/\\]/
/** What they look into is node's server, or they send what turbo answers with 400. */
const OF_NODE = /[/\\](?:asked-for|host)\.test\.mjs$/
/** Packages that wrap or replace what the server gives them: these run on turbo too, and the others by hand. */
const NEAR_THE_SERVER = [
  'apm',
  'compression',
  'connect-timeout',
  'cors',
  'express-session',
  'express-ws',
  'http-proxy-middleware',
  'http-terminator',
  'morgan',
  'multer',
  'nestjs',
  'on-headers',
  'socket.io',
  'stoppable',
  'supertest',
  'ws',
]

/** Many times longer than any file takes, and any group of them. */
const FILE_LIMIT_MS = 600_000

const total = { passed: 0, failed: 0, skipped: 0 }
const failedParts = []
const minutes = []
const unsteady = []

installIfNeeded()
build()
for (const name of chosenParts()) {
  console.log(`\n── ${name} ──`)
  const start = performance.now()
  const result = (PARTS[name] ?? EXCERPTS[name])()
  minutes.push(`${name} ${((performance.now() - start) / 60_000).toFixed(1)}`)
  for (const key of Object.keys(total)) total[key] += result[key]
  if (result.failed > 0) failedParts.push(name)
  unsteady.push(...result.unsteady)
}

if (unsteady.length > 0) console.log(`\nfailed at first, and passed when repeated: ${unsteady.join(', ')}`)
if (failedParts.length > 0) console.log(`\nfailed: ${failedParts.join(', ')}`)
console.log(`\nminutes: ${minutes.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(failedParts.length > 0 ? 1 : 0)

function chosenParts() {
  const names = process.argv.slice(2)
  const known = [...Object.keys(PARTS), ...Object.keys(EXCERPTS)]
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    console.error(`no such part: ${unknown.join(', ')}; there are ${known.join(', ')}`)
    process.exit(2)
  }
  return names.length > 0 ? names : Object.keys(PARTS)
}

function runFolders(...folders) {
  return runTests(filesOf(folders))
}

function runOnTurbo() {
  const files = filesOf(['packages/nozomi/build/test']).filter(
    (file) => SERVED.test(file) && !OF_NODE.test(file),
  )
  return runTests(files, { env: serverEnvironment('turbo') })
}

function addUp(one, two) {
  return {
    passed: one.passed + two.passed,
    failed: one.failed + two.failed,
    skipped: one.skipped + two.skipped,
    unsteady: [...one.unsteady, ...two.unsteady],
  }
}

/**
 * A file whose test failed may have left something open that keeps its process alive: it is ended after some minutes, so
 * that the run says so and does not hang.
 */
function runShop() {
  const files = [
    ...groupShopTests(filesOf(['apps/shop/build'])),
    ...filesOf(['apps/shop/services/shipping/build/test']),
  ]
  return runTests(files, { args: [`--test-timeout=${FILE_LIMIT_MS}`] })
}

function filesOf(folders) {
  return folders.flatMap((folder) => testFiles(join(ROOT, folder)))
}

function testFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.[cm]?js$/.test(name))
    .map((name) => join(folder, name))
    .toSorted()
}
