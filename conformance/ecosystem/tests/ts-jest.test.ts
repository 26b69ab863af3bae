import assert from 'node:assert/strict'
import { test } from 'node:test'
import { program, readReport, runSuite } from './support/suite.cjs'

test('ts-jest runs a suite in TypeScript, and refuses a file that misuses the types', async () => {
  const run = await runSuite('typescript', program('jest/bin/jest.js'), '--runInBand', '--json')
  const { passed, failed, unrunnable } = readReport(run)
  assert.deepEqual([passed.length, failed, unrunnable.length], [4, [], 1], unrunnable.join('\n'))
  assert.match(unrunnable[0] ?? '', /mistyped\.spec\.ts.*TS2345.*TS2339/s)
  assert.equal(run.status, 1)
})
