import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { attacks } from './attacks/attacks.js'
import { differences } from './differences.js'
import { statedDifferences } from './harness/summary.js'

/** All scenarios in one process. Each of their files can be run alone as well. */

const scenarios = join(import.meta.dirname, 'scenarios')
const files = (await readdir(scenarios, { recursive: true }))
  .filter((file) => file.endsWith('.js'))
  .toSorted()

for (const file of files) await import(`./${relative(import.meta.dirname, join(scenarios, file))}`)

test('each known difference is stated by a scenario or an attack', () => {
  const stated = new Set([...statedDifferences(), ...attacks.flatMap(({ difference }) => difference ?? [])])
  assert.deepEqual(
    differences.map(({ id }) => id).filter((id) => !stated.has(id)),
    [],
  )
})
