import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attacks } from './attacks/attacks.js'
import { differences } from './differences.js'
import { CONNECTED } from './harness/carrier-names.js'
import { statedDifferences } from './harness/summary.js'
import { playAll } from './play-all.js'

await playAll(CONNECTED)

test('each known difference is stated by a scenario or an attack', () => {
  const stated = new Set([...statedDifferences(), ...attacks.flatMap(({ difference }) => difference ?? [])])
  assert.deepEqual(
    differences.map(({ id }) => id).filter((id) => !stated.has(id)),
    [],
  )
})
