/**
 * Starts every contestant of every scenario and checks its answers, without timing anything:
 *
 *     node bench/check.mjs [scenario words] [--only nozomi,express]
 *
 * The contestants of a scenario must give the same body, and Nozomi the fields of Express.
 */
import { readArguments } from '../scripts/arguments.mjs'
import { CONTESTANTS } from './contestants/contestants.mjs'
import { install } from './harness/install.mjs'
import { chooseContestants, chooseScenarios } from './harness/options.mjs'
import { verify } from './harness/verify.mjs'
import { writeFiles } from './workload/files.mjs'

const { values, positionals } = readArguments(import.meta.url, {
  allowPositionals: true,
  options: { only: { type: 'string' } },
})

const scenarios = chooseScenarios(positionals)
const contestants = chooseContestants(values.only)
install()
writeFiles()
const verdicts = await verify({ node: process.execPath, scenarios, contestants })
for (const { scenario, contestant, faults } of verdicts) {
  for (const fault of faults) console.log(`${scenario}: ${CONTESTANTS[contestant].title}: ${fault}`)
}
const failed = verdicts.filter(({ faults }) => faults.length > 0).length
console.log(`${verdicts.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 && verdicts.length > 0 ? 0 : 1
