import { join } from 'node:path'
import { runTests } from '../../../scripts/run-tests.mjs'
import { serverEnvironment } from '../../../scripts/server-environment.mjs'
import { compileTests, testFiles } from './compile.mjs'
import { installFramework, installStock } from './install.mjs'
import { TARBALL } from './paths.mjs'

/**
 * Installs what is missing, and runs the tests: those whose file has one of the words in its name, or all; around our
 * framework or around stock Express, the oracle; on node's server, or on turbo wherever node is asked for one.
 */
export function runEcosystem({ words = [], onExpress = false, server = 'node' } = {}) {
  const project = onExpress ? installStock() : installFramework()
  const files = testFiles(compileTests(project), words)
  if (files.length === 0) {
    console.error(`no test file has ${words.join(' or ')} in its name`)
    process.exit(1)
  }
  const env = {
    ...serverEnvironment(server, join(project, 'node_modules/express')),
    NODE_ENV: '',
    ECOSYSTEM_EXPRESS: onExpress ? 'express' : 'nozomi',
    ECOSYSTEM_TARBALL: TARBALL,
  }
  return runTests(files, { args: ['--test-timeout=120000'], cwd: project, env })
}
