import assert from 'node:assert/strict'
import test from 'node:test'
import { FRAMEWORKS } from './support/frameworks.mjs'

test('the tests run on Nozomi and on stock Express, which are two packages', () => {
  const [one, other] = FRAMEWORKS.map(({ framework }) => framework.Router)
  assert.notEqual(one, other)
  assert.equal(typeof FRAMEWORKS[1]?.framework, 'function')
  assert.equal('inject' in (FRAMEWORKS[1]?.framework ?? {}), false)
})
