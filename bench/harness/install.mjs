import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, installIfNeeded } from '../../scripts/run.mjs'

const BENCH = fileURLToPath(new URL('..', import.meta.url))

/** What can be thrown away: results, files that are served, other versions of node. */
export const CACHE = join(BENCH, '.cache')

/** Brings Nozomi up to date with its sources, and installs the contestants when they are missing. */
export function install() {
  installIfNeeded()
  build('packages/nozomi')
  const installed = join(BENCH, 'node_modules/.package-lock.json')
  const lockfile = join(BENCH, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return
  console.error('installing the contestants ...')
  npm(BENCH, ['install', '--no-save'])
}

/** The binary of the newest node of a major version: from npm, unless it is the version that runs. */
export function installNode(major) {
  if (process.versions.node.split('.')[0] === major) return process.execPath
  const folder = join(CACHE, `node-${major}`)
  const name = `node-${process.platform}-${process.arch}`
  const binary = join(folder, 'node_modules', name, 'bin/node')
  if (!existsSync(binary)) {
    console.error(`installing Node ${major} ...`)
    mkdirSync(folder, { recursive: true })
    // A folder without a package.json would be taken for a part of the project above it.
    npm(folder, ['install', '--no-save', '--prefix', folder, `${name}@${major}`])
  }
  return binary
}

/** Runs npm in a folder: the one that runs us, or else the one on the path. Ends the process when it fails. */
function npm(folder, args) {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const self = process.env.npm_execpath
  const [command, first] = self ? [process.execPath, [self]] : ['npm', []]
  const { status, error } = spawnSync(command, [...first, ...args, ...flags], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status === 0) return
  console.error(`npm ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`)
  process.exit(1)
}
