/**
 * Runs an application on other runtimes than Node.js, and asks it over HTTP:
 *
 *     node scripts/runtimes.mjs              all tests
 *     node scripts/runtimes.mjs Deno         those of one runtime
 *
 * The runtimes come from npm (`bun`, `deno`, `workerd`, and the runtime interface client of AWS Lambda), about 500 MB, and are
 * kept in `.cache/runtimes/` until that is removed. What can't be had or can't run here is skipped, and says why. The
 * framework is that of this folder, packed as `npm publish` would.
 */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packFramework } from '../conformance/ecosystem/runner/pack.mjs'
import { TARBALL } from '../conformance/ecosystem/runner/paths.mjs'
import { compile, ROOT, run } from './run.mjs'
import { runTests } from './run-tests.mjs'

const SOURCES = join(ROOT, 'scripts/runtimes')
const FOLDER = join(ROOT, '.cache/runtimes')
const LAMBDA = join(FOLDER, 'lambda')
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error']

compile('packages/nozomi')
packFramework()
install()
const names = process.argv.slice(2)
const args = names.map((name) => `--test-name-pattern=${name}`)
const { passed, failed, skipped } = runTests(
  ['runtimes.test.mjs', 'lambda.test.mjs'].map((file) => join(SOURCES, file)),
  { args, env: { ...process.env, NOZOMI_RUNTIMES: FOLDER } },
)
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed > 0 ? 1 : 0)

function install() {
  const isChanged = !isSame('package.json')
  mkdirSync(FOLDER, { recursive: true })
  cpSync(SOURCES, FOLDER, { recursive: true })
  if (isChanged || !existsSync(join(FOLDER, 'node_modules'))) npm(FOLDER, 'install', ...QUIET)
  npm(FOLDER, 'install', '--no-save', ...QUIET, TARBALL)
  if (existsSync(LAMBDA)) return
  mkdirSync(LAMBDA)
  // Without its scripts: they build an HTTP client in C++, for which the test has a stand-in.
  npm(LAMBDA, 'install', '--ignore-scripts', '--no-save', '--prefix', LAMBDA, ...QUIET, 'aws-lambda-ric@4')
}

function isSame(name) {
  const copy = join(FOLDER, name)
  return existsSync(copy) && readFileSync(copy, 'utf8') === readFileSync(join(SOURCES, name), 'utf8')
}

/** What fails is told by the tests, which then skip it. */
function npm(cwd, ...words) {
  run('npm', words, { cwd, shell: process.platform === 'win32' })
}
