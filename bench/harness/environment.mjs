import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { CONTESTANTS } from '../contestants/contestants.mjs'
import { LOAD_GENERATOR } from './load.mjs'
import { canPin } from './pinning.mjs'

/** What a figure depends on besides the contestants: the machine, the versions, the commit. */
export function describeEnvironment() {
  return {
    machine: {
      processor: cpus()[0].model.trim(),
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release().split('.').slice(0, 2).join('.')}`,
    },
    load: LOAD_GENERATOR,
    isPinned: canPin,
    commit: commitOf('..'),
    versions: versions(),
  }
}

function versions() {
  const names = Object.values(CONTESTANTS).flatMap(({ packages }) => packages)
  const nozomi = readVersion('../../packages/nozomi/package.json')
  return Object.fromEntries([
    ['nozomi', nozomi],
    ...names.map((name) => [name, readVersion(`../node_modules/${name}/package.json`)]),
  ])
}

function readVersion(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version
}

/** The commit that was measured, with a `+` when the framework was changed since. */
function commitOf(folder) {
  const git = (...args) =>
    spawnSync('git', args, { cwd: new URL(folder, import.meta.url), encoding: 'utf8' }).stdout?.trim() ?? ''
  const changed = git('status', '--porcelain', '--', '../packages/nozomi/src')
  return git('rev-parse', '--short', 'HEAD') + (changed ? '+' : '')
}
