/**
 * Runs the packages of the Express ecosystem on Nozomi, installed the way a user installs it.
 *
 *     node conformance/ecosystem/run.mjs              on Nozomi
 *     node conformance/ecosystem/run.mjs --express    on stock Express, the oracle: every test must pass there too
 *     node conformance/ecosystem/run.mjs --server turbo  on Nozomi, with its own server wherever somebody asks node for one
 *     node conformance/ecosystem/run.mjs multer nest  only the test files with these words in their names
 *     node conformance/ecosystem/run.mjs --lock       bring package-lock.json up to date after editing package.json
 */
import { readArguments } from '../../scripts/arguments.mjs'
import { relock } from './runner/install.mjs'
import { packFramework } from './runner/pack.mjs'
import { runEcosystem } from './runner/run-ecosystem.mjs'

const { values, positionals } = readArguments(import.meta.url, {
  allowPositionals: true,
  options: {
    express: { type: 'boolean', default: false },
    lock: { type: 'boolean', default: false },
    server: { type: 'string', default: 'node' },
  },
})

if (values.lock) {
  packFramework()
  relock()
  process.exit()
}

const { failed, unsteady } = runEcosystem({
  words: positionals,
  onExpress: values.express,
  server: values.server,
})
if (unsteady.length > 0) console.log(`\nfailed at first, and passed when repeated: ${unsteady.join(', ')}`)
process.exit(failed > 0 ? 1 : 0)
