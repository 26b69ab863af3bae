import assert from 'node:assert/strict'
import { test } from 'node:test'

test('loads in both module systems as one instance', async () => {
  const imported: object = await import('@nozomi/schema')
  assert.equal(typeof imported, 'object')
})
