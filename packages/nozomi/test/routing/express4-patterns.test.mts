import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compileExpress4, isExpress4Pattern } from '#dist/routing/pattern/express4.js'
import { compilePath } from '#dist/routing/pattern/compile.js'

interface Key {
  name: string | number
}

/** What Express 4 itself compiles its patterns with: the oracle. */
const pathToRegexp4 = createRequire(import.meta.url)('path-to-regexp-express4') as (
  path: string,
  keys: Key[],
  options: object,
) => RegExp

interface Options {
  sensitive: boolean
  strict: boolean
  end: boolean
}

function oracle(pattern: string, path: string, options: Options) {
  const keys: Key[] = []
  const match = pathToRegexp4(pattern, keys, options).exec(path)
  if (!match) return false
  const params: Record<string, unknown> = {}
  for (const [index, { name }] of keys.entries()) {
    const value = match[index + 1]
    if (value !== undefined || !(name in params)) params[name] = value
  }
  return { path: match[0], params }
}

const word = fc.constantFrom('a', 'id', 'b1', 'foo', 'x_y')
const piece = fc.oneof(
  fc.constantFrom('/', '/', '/', '.', '-', '*', '/*', '(a)?', '/(b|c)', 'ab?', 'ab+c', '(x', ')', '\\.'),
  word,
  fc
    .tuple(
      fc.constantFrom('', '/', '.', '/.'),
      word,
      fc.constantFrom('', '(\\d+)', '(a|b)', '(*)'),
      fc.constantFrom('', '?', '*', '*?'),
    )
    .map(([before, name, expression, suffix]) => `${before}:${name}${expression}${suffix}`),
)
const pattern = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join('').replace(/^(?![/*])/, '/'))
const path = fc
  .array(fc.constantFrom('/', '/', 'a', 'b', 'ab', 'foo', '1', '42', '.', '-', 'x', 'c', 'A'), {
    maxLength: 8,
  })
  .map((pieces) => `/${pieces.join('')}`)
const options = fc.record({ sensitive: fc.boolean(), strict: fc.boolean(), end: fc.boolean() })

describe('Express 4 patterns', () => {
  it('match what Express 4 matches, with the same parameters', () => {
    let compared = 0
    let matched = 0
    fc.assert(
      fc.property(pattern, path, options, (pattern, path, options) => {
        fc.pre(isExpress4Pattern(pattern))
        let expected: ReturnType<typeof oracle>
        try {
          expected = oracle(pattern, path, options)
        } catch (error) {
          assert.ok(error instanceof SyntaxError)
          assert.throws(() => compileExpress4(pattern, options), SyntaxError)
          return
        }
        compared++
        if (expected) matched++
        const found = compileExpress4(pattern, options)(path)
        assert.deepEqual(found && { path: found.path, params: found.params }, expected)
      }),
      { numRuns: 10_000, verbose: 1 },
    )
    assert.ok(
      compared > 5000 && matched > 500,
      `the generator went stale: ${compared} compared, ${matched} matched`,
    )
  })

  for (const [pattern, path, params] of [
    ['/files/:name.:ext?', '/files/report.pdf', { name: 'report', ext: 'pdf' }],
    ['/files/:name.:ext?', '/files/report', { name: 'report', ext: undefined }],
    ['/user/:id(\\d+)', '/user/42', { id: '42' }],
    ['/user/:id(\\d+)', '/user/x', false],
    ['/*', '/a/b', { 0: 'a/b' }],
    ['/user/:id?', '/user', { id: undefined }],
    ['/ab?cd', '/acd', {}],
    ['/ab(cd)?e', '/abe', { 0: undefined }],
    ['*', '/anything', { 0: '/anything' }],
  ] as const) {
    it(`${pattern} on ${path} gives ${JSON.stringify(params)}`, () => {
      const found = compilePath(pattern, {}).matcher(path)
      assert.deepEqual(found === false ? false : found.params, params)
    })
  }

  for (const pattern of ['/([a-z]+:n[0-9]+)', '/[ab]', '/(', '/:']) {
    it(`${pattern}, which neither version takes in this place, is refused with the error of Express 5`, () => {
      assert.throws(() => compilePath(pattern, {}).matcher, {
        name: 'TypeError',
        message: /(Unexpected|Missing)/,
      })
    })
  }

  it('leave alone what Express 5 gives a meaning to', () => {
    const found = compilePath('/ab*cd', {}).matcher('/abxy')
    assert.deepEqual(found && { ...found.params }, { cd: ['xy'] })
  })
})
