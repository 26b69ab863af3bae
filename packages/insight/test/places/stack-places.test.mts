import assert from 'node:assert/strict'
import test from 'node:test'
import { applicationPlace, isOfApplication } from '#dist/places/application-place.js'
import { placesOfStack } from '#dist/places/stack-places.js'

const withStack = (stack: unknown, message = '') => Object.assign(new Error(message), { stack })

test('each kind of frame gives its place', () => {
  const frames = [
    'at run (/app/a b (copy)/run.js:1:2)',
    'at /app/plain.js:3:4',
    'at async file:///app/es%20module.mjs:5:6',
    'at async Promise.all (index 0)',
    'at new Some [as other] (/app/new.js:7:8)',
    'at Array.map (<anonymous>)',
    'at eval (eval at rules (/app/rules.js:9:10), <anonymous>:1:1)',
    'at node:internal/timers:11:12',
    'at C:\\app\\win.js:13:14',
    'at webpack-internal:///./x.js:15:16',
    'at native',
  ]
  const places = placesOfStack(withStack(`Error\n    ${frames.join('\n    ')}`))
  assert.deepEqual(
    places.map(({ file, line, column }) => `${file} ${line} ${column}`),
    [
      '/app/a b (copy)/run.js 1 2',
      '/app/plain.js 3 4',
      '/app/es module.mjs 5 6',
      '/app/new.js 7 8',
      '/app/rules.js 9 10',
      'node:internal/timers 11 12',
      'C:\\app\\win.js 13 14',
      'webpack-internal:///./x.js 15 16',
    ],
  )
})

test('a message that looks like a frame is none', () => {
  const message = 'bad\n    at forged (/etc/passwd:1:1)'
  const [place] = placesOfStack(withStack(`Error: ${message}\n    at real (/app/real.js:2:2)`, message))
  assert.equal(place?.file, '/app/real.js')
})

test('what has no readable stack has no places', () => {
  const hostile = Object.defineProperty({}, 'stack', { get: () => assert.fail('not to be seen') })
  for (const error of [null, undefined, 1, 'text', {}, withStack(undefined), withStack([1]), hostile]) {
    assert.deepEqual(placesOfStack(error), [])
  }
})

test('the place of the application is the first that is of no package, no framework and not of node', () => {
  const nozomi = import.meta.resolve('nozomi').replace(/index\.mjs$/, 'dist/routing/router.js')
  const insight = import.meta.resolve('#dist/places/application-place.js')
  const foreign = [
    `${nozomi}:1:1`,
    `${insight}:2:2`,
    'node:events:3:3',
    '/app/node_modules/cors/lib/index.js:4:4',
  ]
  const frames = [...foreign, '/app/server.js:5:6', '/app/other.js:7:8'].map((one) => `    at f (${one})`)
  const error = withStack(`Error\n${frames.join('\n')}`)
  assert.deepEqual(applicationPlace(error), { file: '/app/server.js', line: 5, column: 6 })
  assert.equal(applicationPlace(withStack(`Error\n${frames.slice(0, 4).join('\n')}`)), null)
})

test('this test is of an application, and so is a file that only sounds like a package', () => {
  assert.equal(isOfApplication(new URL(import.meta.url).pathname), true)
  assert.equal(isOfApplication('/app/my_node_modules/x.js'), true)
  assert.equal(isOfApplication('C:\\app\\node_modules\\x.js'), false)
})
