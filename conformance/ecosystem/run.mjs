// Runs the packages of the Express ecosystem on Nozomi, installed the way a user installs it.
//
//   node conformance/ecosystem/run.mjs              on Nozomi
//   node conformance/ecosystem/run.mjs --express    on stock Express, the oracle: every test must pass there too
//   node conformance/ecosystem/run.mjs multer nest  only the test files with these words in their names
//   node conformance/ecosystem/run.mjs --report FILE also writes the results to a file, as TAP
//   node conformance/ecosystem/run.mjs --lock       bring package-lock.json up to date after editing package.json

import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compileTests, testFiles } from './runner/compile.mjs'
import { installFramework, installStock, relock } from './runner/install.mjs'
import { packFramework } from './runner/pack.mjs'
import { TARBALL } from './runner/paths.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    express: { type: 'boolean', default: false },
    lock: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
})

if (values.lock) {
  packFramework()
  relock()
  process.exit()
}

const project = values.express ? installStock() : installFramework()
const files = testFiles(compileTests(project), positionals)
if (files.length === 0) {
  console.error(`no test file has ${positionals.join(' or ')} in its name`)
  process.exit(1)
}
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--test', '--test-timeout=60000', ...reporters(values.report), ...files],
  {
    cwd: project,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: '',
      ECOSYSTEM_EXPRESS: values.express ? 'express' : 'nozomi',
      ECOSYSTEM_TARBALL: TARBALL,
    },
  },
)
process.exit(status ?? 1)

function reporters(report) {
  if (report === undefined) return []
  return [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${resolve(report)}`,
  ]
}
