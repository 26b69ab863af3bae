/**
 * `npm test`: installs and builds what is missing, and runs every test of the repository. Parts can be named:
 *
 *     npm test                     all of them
 *     npm test -- nozomi shop      two of them
 *
 * The last line is `N passed, N failed, N skipped`, over all parts.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, installIfNeeded, ROOT, run } from './run.mjs'

const PARTS = {
  nozomi: { folders: ['packages/nozomi/build/test'] },
  conformance: { folders: ['conformance/build'] },
  ecosystem: { script: 'conformance/ecosystem/run.mjs' },
  shop: { folders: ['apps/shop/build', 'apps/shop/services/shipping/build/test'] },
}

const total = { pass: 0, fail: 0, skipped: 0 }
const failedParts = []

installIfNeeded()
build()
const reports = mkdtempSync(join(tmpdir(), 'nozomi-tests-'))
for (const name of chosenParts()) {
  console.log(`\n── ${name} ──`)
  const report = join(reports, `${name}.tap`)
  const status = runPart(PARTS[name], report)
  const counts = readCounts(report)
  for (const key of Object.keys(total)) total[key] += counts[key]
  if (status !== 0 || counts.pass === 0) failedParts.push(name)
}
rmSync(reports, { recursive: true, force: true })

if (failedParts.length > 0) console.log(`\nfailed: ${failedParts.join(', ')}`)
console.log(`\n${total.pass} passed, ${total.fail} failed, ${total.skipped} skipped`)
process.exit(failedParts.length > 0 ? 1 : 0)

function chosenParts() {
  const names = process.argv.slice(2)
  const unknown = names.filter((name) => !(name in PARTS))
  if (unknown.length > 0) {
    console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`)
    process.exit(2)
  }
  return names.length > 0 ? names : Object.keys(PARTS)
}

function runPart({ folders, script }, report) {
  if (script) return run(process.execPath, [script, '--report', report])
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${report}`,
  ]
  const files = folders.flatMap((folder) => testFiles(join(ROOT, folder)))
  return run(process.execPath, ['--enable-source-maps', '--test', ...reporters, ...files])
}

function testFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.[cm]?js$/.test(name))
    .map((name) => join(folder, name))
    .toSorted()
}

/** The counts at the end of a TAP report; a part that made none counts as failed. */
function readCounts(report) {
  const text = existsSync(report) ? readFileSync(report, 'utf8') : ''
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  return {
    pass: count('pass'),
    fail: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  }
}
