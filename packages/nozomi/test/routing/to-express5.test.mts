import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compilePath } from '#dist/routing/pattern/compile.js'
import { toExpress5Pattern } from '#dist/routing/pattern/to-express5.js'

describe('toExpress5Pattern()', () => {
  for (const [old, written] of [
    ['/user/:id?', '/user{/:id}'],
    ['/files/:name.:ext?', '/files/:name{.:ext}'],
    ['/*', '/{*splat}'],
    ['/a/*/b/*', '/a/{*splat}/b/{*splat1}'],
    ['/ab?cd', '/a{b}cd'],
    ['/ab(cd)?e', '/ab{cd}e'],
    ['/user/:id(\\d+)', '/user/:id'],
    ['/(a|b)', undefined],
    ['/ab+c', undefined],
  ] as const) {
    it(`writes ${old} as ${written}`, () => {
      assert.equal(toExpress5Pattern(old).pattern, written)
    })
  }

  it('names what is lost', () => {
    assert.deepEqual(toExpress5Pattern('/user/:id(\\d+)').differences, [
      '"id" is no longer held to (\\d+): check it in the handler',
    ])
  })

  it('refuses what was no pattern of Express 4', () => {
    assert.throws(() => toExpress5Pattern('/a{b}'), { name: 'TypeError', message: /no pattern of Express 4/ })
  })

  it('matches the same paths where it names no difference', () => {
    const pieces = fc.constantFrom('/a', '/:x', '/:y?', '.:z?', '/b?', '(cd)?', '/*', 'e', '.f', '-g')
    const pattern = fc
      .array(pieces, { minLength: 1, maxLength: 4 })
      .map((all) => all.join('').replace(/^(?!\/)/, '/'))
    const path = fc.array(fc.constantFrom('/', '/a', 'b', 'cd', 'e', '.f', '-g', 'x'), { maxLength: 6 })
    let matched = 0
    fc.assert(
      fc.property(pattern, path, (pattern, pieces) => {
        fc.pre(new Set(pattern.match(/[xyz*]/g)).size === (pattern.match(/[xyz*]/g) ?? []).length)
        const { pattern: written, regexp, differences } = toExpress5Pattern(pattern)
        fc.pre(written !== undefined && differences.length === 0)
        let matcher: ReturnType<typeof compilePath>['matcher']
        try {
          matcher = compilePath(written as string, {}).matcher
        } catch {
          return // two parameters without a text between them: Express 5 has no way to say it
        }
        const path = `/${pieces.join('')}`
        const expected = regexp.test(path)
        if (expected) matched++
        assert.equal(matcher(path) !== false, expected, `${pattern} -> ${written} on ${path}`)
      }),
      { numRuns: 5000 },
    )
    assert.ok(matched > 100, `only ${matched} paths matched`)
  })
})
