import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { match, parse } from 'path-to-regexp'
import { compileSegments } from '#dist/routing/pattern/segments.js'

/* Our matcher of plain patterns against path-to-regexp, whose answers are those of Express. */

const texts = fc.constantFrom('a', 'A', 'users', 'a-b', 'a.b', '%2f', '$(x)'.replace(/[()]/g, ''), '')
const pattern = fc
  .array(fc.oneof(texts, texts, fc.constantFrom(':x', ':y', ':id', 'é', ':x.txt', '*z')), { maxLength: 5 })
  .map((parts) => `/${parts.join('/')}`)
const path = fc
  .array(
    fc.constantFrom('a', 'A', 'users', 'USERS', 'a-b', 'a-B', 'a.b', 'axb', '%2F', '%41', '@', 'é', '', '7'),
    {
      maxLength: 6,
    },
  )
  .map((parts) => `/${parts.join('/')}`)
const options = fc.record({ sensitive: fc.boolean(), strict: fc.boolean(), end: fc.boolean() })

describe('the matcher of plain patterns', () => {
  it('finds what path-to-regexp finds', () => {
    let ours = 0
    let matched = 0
    fc.assert(
      fc.property(
        pattern,
        fc.array(path, { minLength: 10, maxLength: 10 }),
        options,
        (written, asked, given) => {
          let oracle: ReturnType<typeof match>
          try {
            oracle = match(written, { ...given, trailing: !given.strict })
          } catch {
            return
          }
          const find = compileSegments(parse(written).tokens, given)
          if (!find) return
          ours++
          for (const one of [...asked, written.replaceAll(':', '')]) {
            const expected = oracle(one)
            const found = find(one)
            if (found) matched++
            assert.deepEqual(
              found && { path: found.path, params: found.params },
              expected,
              `${written} on ${one}`,
            )
            if (found) assert.deepEqual(found.keys, Object.keys(found.params))
          }
        },
      ),
      { numRuns: 5000 },
    )
    assert.ok(ours > 1000 && matched > 1000, `${ours} patterns of ours, ${matched} matches`)
  })

  it('leaves what is more than plain to path-to-regexp', () => {
    for (const written of ['/a:x', '/:x.txt', '/:x-:y', '/*rest', '/a{/b}', 'a', '', '/é', '/:x/:x']) {
      assert.equal(compileSegments(parse(written).tokens, {}), undefined, written)
    }
  })
})
