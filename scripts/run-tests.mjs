/**
 * Runs test files with node:test, shows what they say, and counts.
 *
 * Many tests start processes, servers and browsers, and a machine that is busy can be late for one of them. A few files
 * that failed are therefore run once more, one at a time: what fails again has failed; what does not is named as
 * unsteady, and is to be looked into.
 *
 * Each file has a process of its own. Files of an application that takes longer to load than they to run share one, as a
 * group: they run one after the other, and are run once more together.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** More than so many, and it is not the machine. */
const MOST_REPEATED = 3
/**
 * Files at once: as many as there are cores (node's default is one less, which on two cores is one), up to what a PostgreSQL has
 * connections for. Most tests wait, for servers, processes and browsers.
 */
const CONCURRENCY = Math.min(availableParallelism(), 4)
const NOTE_FAILURE = pathToFileURL(join(import.meta.dirname, 'note-failure.mjs')).href

/**
 * @typedef {{ name: string, files: readonly string[] }} Group Paths of test files that share a process.
 */

/**
 * @param {readonly (string | Group)[]} units Paths of test files, and groups of them.
 * @param {{ args?: readonly string[], cwd?: string, env?: Record<string, string | undefined> }} [options] More options
 *   of node, and of the process.
 * @returns {{ passed: number, failed: number, skipped: number, unsteady: string[] }}
 */
export function runTests(units, options) {
  const first = runOnce(units, options)
  if (first.failed === 0 || first.failedUnits.length === 0 || first.failedUnits.length > MOST_REPEATED)
    return { ...first, unsteady: [] }
  console.log(`\nonce more, alone: ${first.failedUnits.map(nameOf).join(', ')}`)
  let failed = 0
  const unsteady = []
  for (const unit of first.failedUnits) {
    const again = runOnce([unit], options)
    failed += again.failed
    if (again.failed === 0) unsteady.push(nameOf(unit))
  }
  return { passed: first.passed + first.failed - failed, failed, skipped: first.skipped, unsteady }
}

function nameOf(unit) {
  return typeof unit === 'string' ? unit : unit.name
}

/** The path of a file that runs the files of a group, in their order. */
function writeGroup(folder, { name, files }) {
  const path = join(folder, `${name}.test.mjs`)
  const lines = files.map((file) => `await import(${JSON.stringify(pathToFileURL(file).href)})\n`)
  writeFileSync(path, lines.join(''))
  return path
}

function runOnce(units, { args = [], cwd, env = process.env } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'nozomi-tests-'))
  const files = units.map((unit) => (typeof unit === 'string' ? unit : writeGroup(folder, unit)))
  const report = join(folder, 'report.tap')
  const failures = join(folder, 'failed')
  writeFileSync(failures, '')
  const { status } = spawnSync(
    process.execPath,
    [
      '--enable-source-maps',
      '--import',
      NOTE_FAILURE,
      '--test',
      `--test-concurrency=${CONCURRENCY}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${report}`,
      ...args,
      ...files,
    ],
    { cwd, env: { ...env, NOZOMI_FAILED_FILES: failures }, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const counts = readCounts(report)
  const noted = new Set(readFileSync(failures, 'utf8').split('\n'))
  rmSync(folder, { recursive: true, force: true })
  // A run that fails without a failed test, or that ran no test, is a failure as well.
  const isOdd = counts.failed === 0 && (status !== 0 || counts.passed === 0)
  return {
    ...counts,
    failed: isOdd ? 1 : counts.failed,
    failedUnits: isOdd ? [] : units.filter((_unit, index) => noted.has(files[index])),
  }
}

/** The counts at the end of a TAP report. */
function readCounts(report) {
  const text = existsSync(report) ? readFileSync(report, 'utf8') : ''
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  }
}
