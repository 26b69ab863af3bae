/**
 * `npm start`: on a machine that has only Node and npm, installs and builds what is missing or stale, then starts the
 * shop, in this process: signals, the terminal and the exit code are the shop's own. When nothing is to be done, that
 * is found out in about 0.1 s.
 *
 * Until the version is checked, this file uses nothing that an old Node does not understand: it shall say so, and not
 * fail with a syntax error.
 */
import { spawnSync } from 'child_process'
import { existsSync, statSync } from 'fs'
import { fileURLToPath } from 'url'

const OLDEST = [20, 19]
const PARENT_CHECK_MS = 500
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SHOP = new URL('../apps/shop/dist/main.js', import.meta.url)

if (isTooOld(process.versions.node)) {
  console.error(`
This needs Node ${OLDEST.join('.')} or newer; this is Node ${process.versions.node}.
Install a newer one from https://nodejs.org and start again.
`)
  process.exit(1)
}

installIfNeeded()
buildIfStale()
stopWithParent()
import(SHOP.href).catch((error) => {
  console.error(error)
  process.exit(1)
})

/** Installs what the lockfile names, unless that was done since the lockfile last changed. */
function installIfNeeded() {
  const installed = `${ROOT}node_modules/.package-lock.json`
  if (existsSync(installed) && modified(installed) >= modified(`${ROOT}package-lock.json`)) return
  console.log('installing packages (takes about 10 s to a minute) ...\n')
  // Not `npm ci`: it refuses a lockfile that leaves out optional packages of other operating systems.
  npm(['install', '--no-save', '--no-audit', '--no-fund'])
}

/** Builds the shop and the framework; the compiler itself finds out whether there is something to do. */
function buildIfStale() {
  if (!existsSync(SHOP)) console.log('\nbuilding ...')
  process.setSourceMapsEnabled(true)
  run(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, '-b', `${ROOT}apps/shop`])
}

/** Runs npm: the one that runs us, or else the one on the path, which on Windows is a script for the shell. */
function npm(args) {
  const self = process.env.npm_execpath
  if (self) run(process.execPath, [self].concat(args))
  else run('npm', args, { shell: process.platform === 'win32' })
}

/** Runs a command in this terminal; ends with its exit code when it fails. */
function run(command, args, options) {
  const { status, error } = spawnSync(command, args, Object.assign({ cwd: ROOT, stdio: 'inherit' }, options))
  if (error) console.error(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status || 1)
}

/** Whoever ends npm with a signal ends npm's shell with it, which does not tell us. */
function stopWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, PARENT_CHECK_MS)
  watch.unref()
}

function modified(file) {
  return statSync(file).mtimeMs
}

function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}
