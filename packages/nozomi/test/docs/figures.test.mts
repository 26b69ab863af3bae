import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { ROOT } from './markdown.mjs'

const TESTS = join(ROOT, 'conformance/ecosystem/tests')

/** Test files of the ecosystem that are about how Nozomi gets in, and about no package. */
const OURS = new Set(['resolution', 'types'])

/** The packages and tools that have a test file of their own, by the names of the files. */
function testedPackages(): string[] {
  return ['.', 'apm']
    .flatMap((folder) => readdirSync(join(TESTS, folder)))
    .flatMap((file) => /^(.+)\.test\.c?ts$/.exec(file)?.[1] ?? [])
    .filter((name) => !OURS.has(name))
}

describe('the figures of the README', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')

  it('say how many packages and tools have an ecosystem test', () => {
    const said = /\| (\d+) packages and tools, a test file each \|/.exec(readme)?.[1]
    assert.equal(Number(said), testedPackages().length)
  })
})
