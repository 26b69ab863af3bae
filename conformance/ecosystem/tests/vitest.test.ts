import assert from 'node:assert/strict'
import { test } from 'node:test'
import { program, readReport, runSuite } from './support/suite.cjs'

test('Vitest runs a suite with supertest, a view engine, mocks and spies', async () => {
  const run = await runSuite('module', program('vitest/vitest.mjs'), 'run', '--reporter=json')
  const { passed, failed, unrunnable } = readReport(run)
  assert.deepEqual([failed, unrunnable], [[], []])
  assert.deepEqual([passed.length, run.status], [5, 0])
})
