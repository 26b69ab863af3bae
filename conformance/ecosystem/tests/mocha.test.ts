import assert from 'node:assert/strict'
import { test } from 'node:test'
import { program, runSuite } from './support/suite.cjs'

test('Mocha runs a CommonJS suite with chai and supertest', async () => {
  const { status, stdout, stderr } = await runSuite(
    'commonjs',
    program('mocha/bin/mocha.js'),
    '--reporter',
    'json',
  )
  assert.equal(status, 0, stdout + stderr)
  const { stats } = JSON.parse(stdout) as { stats: { passes: number; failures: number } }
  assert.deepEqual([stats.passes, stats.failures], [4, 0])
})
