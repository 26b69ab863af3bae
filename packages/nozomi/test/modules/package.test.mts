import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, posix } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

/** The root of the repository: this file runs as `packages/nozomi/build/test/modules/package.test.mjs`. */
const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))
const PACKAGE = 'packages/nozomi'

describe('the package, packed where it was never built', () => {
  const copy = mkdtempSync(join(tmpdir(), 'nozomi-package-'))
  const folder = join(copy, PACKAGE)
  let packed: string[] = []

  before(() => {
    const isMade = (path: string) => ['build', 'dist'].includes(basename(path)) || path.endsWith('.tgz')
    cpSync(join(ROOT, PACKAGE), folder, { recursive: true, filter: (path) => !isMade(path) })
    cpSync(join(ROOT, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'))
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction')
    const { status, stdout, stderr } = spawnSync('npm', ['pack', '--dry-run', '--json'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    assert.equal(status, 0, stderr)
    // npm 12 gives an object by package name where npm 11 gives an array.
    const [report] = Object.values(JSON.parse(stdout) as Record<string, { files: { path: string }[] }>)
    packed = report?.files.map(({ path }) => path) ?? []
  })
  after(() => rmSync(copy, { recursive: true, force: true }))

  it('is built first', () => {
    for (const path of ['dist/index.js', 'dist/index.d.ts']) assert.ok(packed.includes(path), path)
  })

  it('holds each source that its source maps name: stacks name files that are there', () => {
    const maps = packed.filter((path) => path.endsWith('.map'))
    assert.ok(maps.length > 100, `${maps.length} source maps`)
    const missing = maps.flatMap((map) => {
      const { sources } = JSON.parse(readFileSync(join(folder, map), 'utf8')) as { sources: string[] }
      return sources
        .map((source) => posix.join(posix.dirname(map), source))
        .filter((path) => !packed.includes(path))
    })
    assert.deepEqual(missing, [])
  })

  it('holds no tests, and nothing of the build that only the compiler reads', () => {
    assert.deepEqual(
      packed.filter((path) => /(^|\/)(test|build)\/|\.test\.|\.tsbuildinfo$/.test(path)),
      [],
    )
  })
})
