import assert from 'node:assert/strict'
import { test } from 'node:test'
import { program, readReport, runSuite } from './support/suite.cjs'

const jest = program('jest/bin/jest.js')
/** In one process, and with the report on stdout. */
const flags = ['--runInBand', '--json']

test('Jest runs a CommonJS suite: supertest, a view engine, files, mocks, spies, second instances', async () => {
  const run = await runSuite('commonjs', jest, ...flags)
  const { passed, failed, unrunnable } = readReport(run)
  assert.deepEqual([failed, unrunnable], [[], []])
  assert.deepEqual([passed.length, run.status], [17, 0])
})

test('Jest runs a suite of ES modules with --experimental-vm-modules', async () => {
  const run = await runSuite('module', '--experimental-vm-modules', jest, ...flags)
  const { passed, failed, unrunnable } = readReport(run)
  assert.deepEqual([failed, unrunnable], [[], []])
  assert.deepEqual([passed.length, run.status], [5, 0])
})

test('Jest fails a suite whose express is published as ES modules alone', async () => {
  const map = JSON.stringify({ '^express$': '<rootDir>/modules-only.js' })
  const run = await runSuite('commonjs', jest, ...flags, '--moduleNameMapper', map, 'app.spec.js')
  const { passed, unrunnable } = readReport(run)
  assert.deepEqual([run.status, passed, unrunnable.length], [1, [], 1])
  assert.match(unrunnable[0] ?? '', /modules-only\.js:2\n.*SyntaxError: Unexpected token 'export'/s)
})
