/**
 * `npm run check`: everything that is checked without running the code. Each check is a command that can be run
 * alone; all of them run, and the last line names those that failed.
 */
import { build, installIfNeeded, ROOT, run } from './run.mjs'

const CHECKS = [
  ['lint, import cycles, folder rules', 'npx', ['oxlint', '--deny-warnings']],
  ['format', 'npx', ['biome', 'format', '.']],
  ...['nozomi', 'insight', 'schema'].flatMap((name) => [
    [`${name}: publint`, 'npx', ['publint', '--strict', `packages/${name}`]],
    [
      `${name}: types resolve in every module system`,
      'npx',
      ['attw', '--pack', `packages/${name}`, '--profile', 'node16'],
    ],
  ]),
  // It has a command, and nothing to import.
  ['cli: publint', 'npx', ['publint', '--strict', 'packages/cli']],
]

installIfNeeded()
// The build checks all types, those of the tests and of the type tests among them.
build()
const failed = CHECKS.filter(([name, command, args]) => {
  console.log(`\n── ${name} ──`)
  return run(command, args, { cwd: ROOT }) !== 0
}).map(([name]) => name)

console.log(failed.length === 0 ? '\nall checks passed' : `\nfailed: ${failed.join('; ')}`)
process.exit(failed.length === 0 ? 0 : 1)
