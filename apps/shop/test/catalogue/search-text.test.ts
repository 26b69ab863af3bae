import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  compareCodePoints,
  nameSortKey,
  normalizeText,
  searchTerms,
} from '#shop/modules/catalogue/domain/search-text.js'

describe('the comparison by code point', () => {
  it('orders as the bytes of UTF-8 do', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'é', '\u07ff', '\u0800', '\ue000', '\uffff', '𐀀', '🍵', '􏿿'),
    })
    fc.assert(
      fc.property(text, text, (left, right) => {
        const expected = Buffer.compare(Buffer.from(left), Buffer.from(right))
        assert.equal(Math.sign(compareCodePoints(left, right)), expected)
      }),
    )
  })
})

describe('the normalization of text', () => {
  it('leaves no difference of case, accent, width and spaces', () => {
    for (const [text, expected] of [
      ['  Crème\tBRÛLÉE  ', 'creme brulee'],
      ['ﬁne Ｗide', 'fine wide'],
      ['İstanbul', 'istanbul'],
      ['Ångström', 'angstrom'],
    ] as const) {
      assert.equal(normalizeText(text), expected)
    }
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.equal(normalizeText(normalizeText(text)), normalizeText(text))
      }),
    )
  })

  it('gives each word of a search once', () => {
    assert.deepEqual(searchTerms(' Tea TEA  Cup téa '), ['tea', 'cup'])
    assert.deepEqual(searchTerms('   '), [])
  })

  it('gives sort keys of at most 100 characters, never half a character', () => {
    const key = nameSortKey('🍵'.repeat(120))
    assert.equal(key, '🍵'.repeat(100))
    assert.doesNotMatch(key, /\p{Cs}/u)
  })
})
