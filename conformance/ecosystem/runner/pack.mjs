import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { build, installIfNeeded } from '../../../scripts/run.mjs'
import { run } from './command.mjs'
import { CACHE, FRAMEWORK, TARBALL } from './paths.mjs'

/** Packs the framework as `npm publish` would, building it first when it was never built. Gives a digest. */
export function packFramework() {
  if (!existsSync(join(FRAMEWORK, 'dist/index.js'))) {
    installIfNeeded()
    build()
  }
  mkdirSync(CACHE, { recursive: true })
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', CACHE]
  const report = JSON.parse(
    run('npm', args, { cwd: FRAMEWORK, stdio: ['ignore', 'pipe', 'inherit'] }).toString(),
  )
  // npm 12 gives an object by package name where npm 11 gives an array.
  const [packed] = Array.isArray(report) ? report : Object.values(report)
  renameSync(join(CACHE, packed.filename), TARBALL)
  return createHash('sha512').update(readFileSync(TARBALL)).digest('base64')
}
