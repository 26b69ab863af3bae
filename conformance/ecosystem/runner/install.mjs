import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { run } from './command.mjs'
import { packFramework } from './pack.mjs'
import { CACHE, ECOSYSTEM, FRAMEWORK, STOCK, TARBALL } from './paths.mjs'

// The lockfile and a tarball that changes with every build.
//
// package.json says `"express": "file:.cache/nozomi.tgz"`, with an override that makes every package below use
// the same. npm writes the tarball's integrity into the lockfile; it would be wrong after the next build, so it is
// taken out again. npm then installs whatever the tarball holds, and checks all other packages. What npm can't see
// is that the framework's dependencies changed: then the lockfile is brought up to date here.

const STOCK_VERSION = '5.3.0'
const OURS = 'node_modules/express'
const NPM_FLAGS = [
  '--include=dev',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--ignore-scripts',
  '--prefer-offline',
  '--loglevel=error',
]

/** Installs this folder with the framework as `express`. Does nothing when nothing changed. */
export function installFramework() {
  const tarball = packFramework()
  if (!lockfileFitsFramework()) relock()
  const manifests = digestOf(join(ECOSYSTEM, 'package.json'), join(ECOSYSTEM, 'package-lock.json'))
  const stamp = join(CACHE, 'installed.json')
  const before = existsSync(join(ECOSYSTEM, OURS)) ? readStamp(stamp) : {}
  if (before.manifests === manifests && before.tarball === tarball) return ECOSYSTEM

  rmSync(stamp, { force: true })
  if (before.manifests === manifests) {
    // The framework alone was built anew: only its folder is laid out again.
    rmSync(join(ECOSYSTEM, OURS), { recursive: true, force: true })
    rmSync(join(ECOSYSTEM, 'node_modules/.package-lock.json'), { force: true })
    run('npm', ['install', '--no-save', ...NPM_FLAGS], { cwd: ECOSYSTEM })
  } else {
    run('npm', ['ci', ...NPM_FLAGS], { cwd: ECOSYSTEM })
  }
  writeFileSync(stamp, JSON.stringify({ manifests, tarball }))
  return ECOSYSTEM
}

/** Installs the same packages, in the same versions, around stock Express: the oracle of these tests. */
export function installStock() {
  const manifests = digestOf(join(ECOSYSTEM, 'package.json'), join(ECOSYSTEM, 'package-lock.json'))
  const stamp = join(CACHE, 'installed-stock.json')
  if (existsSync(join(STOCK, OURS)) && readStamp(stamp).manifests === manifests) return STOCK

  rmSync(stamp, { force: true })
  mkdirSync(STOCK, { recursive: true })
  const manifest = readJson(join(ECOSYSTEM, 'package.json'))
  const lock = readJson(join(ECOSYSTEM, 'package-lock.json'))
  manifest.dependencies.express = STOCK_VERSION
  lock.packages[''].dependencies.express = STOCK_VERSION
  dropFramework(lock)
  writeJson(join(STOCK, 'package.json'), manifest)
  writeJson(join(STOCK, 'package-lock.json'), lock)
  cpSync(join(ECOSYSTEM, '.npmrc'), join(STOCK, '.npmrc'))
  run('npm', ['install', ...NPM_FLAGS], { cwd: STOCK })
  writeFileSync(stamp, JSON.stringify({ manifests }))
  return STOCK
}

/** Brings package-lock.json up to date after a change of package.json or of the framework's dependencies. */
export function relock() {
  const lockfile = join(ECOSYSTEM, 'package-lock.json')
  // In a folder without node_modules: beside one, npm may drop what other platforms need from the lockfile.
  const folder = join(CACHE, 'lock')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, '.cache'), { recursive: true })
  cpSync(TARBALL, join(folder, '.cache/nozomi.tgz'))
  for (const name of ['package.json', '.npmrc']) cpSync(join(ECOSYSTEM, name), join(folder, name))
  if (existsSync(lockfile)) {
    const lock = readJson(lockfile)
    // npm believes an entry that it finds here and would not look into the tarball.
    dropFramework(lock)
    writeJson(join(folder, 'package-lock.json'), lock)
  }
  run('npm', ['install', '--package-lock-only', ...NPM_FLAGS], { cwd: folder })
  const lock = readJson(join(folder, 'package-lock.json'))
  delete lock.packages[OURS].integrity
  writeJson(lockfile, lock)
  console.log('package-lock.json was brought up to date')
}

function lockfileFitsFramework() {
  const path = join(ECOSYSTEM, 'package-lock.json')
  if (!existsSync(path)) return false
  const locked = readJson(path).packages[OURS]
  const { version, dependencies } = readJson(join(FRAMEWORK, 'package.json'))
  return locked?.version === version && isDeepStrictEqual(locked.dependencies, dependencies)
}

function dropFramework(lock) {
  for (const path of Object.keys(lock.packages)) {
    if (path === OURS || path.startsWith(`${OURS}/`)) delete lock.packages[path]
  }
}

function digestOf(...paths) {
  const hash = createHash('sha512').update(process.versions.modules)
  for (const path of paths) hash.update(readFileSync(path))
  return hash.digest('base64')
}

function readStamp(path) {
  return existsSync(path) ? readJson(path) : {}
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}
