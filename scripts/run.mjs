import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
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

/** Installs what the lockfile names, unless it was done since the lockfile last changed. */
export function installIfNeeded() {
  const marker = `${ROOT}/node_modules/.package-lock.json`
  const lock = `${ROOT}/package-lock.json`
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return
  // Not `npm ci`: it refuses a lockfile that leaves out builds for platforms which the registry in use does not have.
  runOrExit('npm', ['install', '--no-audit', '--no-fund'])
}

/** Builds what is missing or older than its sources. */
export function build() {
  runOrExit(process.execPath, ['node_modules/typescript/bin/tsc', '-b'])
}
