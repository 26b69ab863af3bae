import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The root of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Runs a command in the root; gives its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options })
  if (error) console.error(`${command}: ${error.message}`)
  return status ?? 1
}

/** Runs a command in the root; ends this process when it fails. */
export function runOrExit(command, args, options) {
  const status = run(command, args, options)
  if (status !== 0) process.exit(status)
}

/** Installs what the lockfile names, unless that was done since the lockfile last changed. */
export function installIfNeeded() {
  const installed = `${ROOT}node_modules/.package-lock.json`
  if (existsSync(installed) && modified(installed) >= modified(`${ROOT}package-lock.json`)) return
  console.log('installing packages (takes about 10 s to a minute) ...\n')
  // Not `npm ci`: it refuses a lockfile that leaves out optional packages of other operating systems.
  npm(['install', '--no-save', '--no-audit', '--no-fund'])
}

/** Compiles what is missing or older than its sources, of one project or of all; the compiler itself finds out what. */
export function compile(project = '.') {
  runOrExit(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, '-b', project])
}

/** Compiles, and bundles the pages; the latter anew each time, since that takes less than to find out whether it must be. */
export function build(project = '.') {
  compile(project)
  for (const page of ['packages/insight/page', 'apps/shop/page'])
    runOrExit(process.execPath, [`${ROOT}${page}/build.mjs`])
}

/**
 * Runs npm: the one that runs us, or else the one on the path, which on Windows is a script for the shell. Ends this
 * process when it fails.
 */
export function npm(args) {
  const self = process.env.npm_execpath
  if (self) runOrExit(process.execPath, [self, ...args])
  else runOrExit('npm', args, { shell: process.platform === 'win32' })
}

function modified(file) {
  return statSync(file).mtimeMs
}
