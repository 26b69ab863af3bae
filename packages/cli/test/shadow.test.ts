import assert from 'node:assert/strict'
import test from 'node:test'
import { fixture, nozomi } from './support/nozomi.js'

test('shadow ends with 0 when both frameworks answer alike, and prints what it compared', async () => {
  const { code, stdout, stderr } = await nozomi(['shadow', '--express', fixture('module-exports.cjs')])
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /module-exports\.cjs: Express 5\.\S+ and Nozomi 5\.\S+, on Node\.js /u)
  assert.match(stdout, /\n(\d+) requests compared: \1 equal, 0 different\n$/u)
})

test('shadow gives the report as JSON, on a standard output that holds nothing else', async () => {
  const { code, stdout } = await nozomi(['shadow', fixture('default-export.mjs'), '--json', '--no-control'])
  assert.equal(code, 0)
  assert.equal((JSON.parse(stdout) as { verdict: string }).verdict, 'equal')
})

test('shadow ends with 3 when the application does not start, and says what it printed', async () => {
  const { code, stdout, stderr } = await nozomi(['shadow', fixture('nothing.mjs')])
  assert.deepEqual([code, stdout], [3, ''])
  assert.match(stderr, /^The application did not start on (?:Express|Nozomi): /u)
})

test('shadow ends with 2 for what it can not mean', async () => {
  const { code, stderr } = await nozomi(['shadow', fixture('module-exports.cjs'), '--timeout', 'soon'])
  assert.equal(code, 2)
  assert.match(stderr, /--timeout is soon/u)
})
