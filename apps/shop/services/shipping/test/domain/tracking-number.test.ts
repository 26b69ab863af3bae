import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatTrackingNumber, isTrackingNumber } from '../../src/domain/tracking-number.js'

const CHARACTERS = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('a tracking number', () => {
  it('is one, whatever bytes it is made from', () => {
    fc.assert(fc.property(bytes, (random) => assert.ok(isTrackingNumber(formatTrackingNumber(random)))))
  })

  it('is none any more when one character is mistyped', () => {
    fc.assert(
      fc.property(bytes, fc.nat(16), fc.constantFrom(...CHARACTERS), (random, place, other) => {
        const number = formatTrackingNumber(random)
        const index = 2 + place
        fc.pre(number.charAt(index) !== other)
        assert.ok(!isTrackingNumber(number.slice(0, index) + other + number.slice(index + 1)))
      }),
      { numRuns: 500 },
    )
  })

  it('is none any more when two neighbours changed places, but for the one pair that Luhn can not tell', () => {
    fc.assert(
      fc.property(bytes, fc.nat(15), (random, place) => {
        const number = formatTrackingNumber(random)
        const index = 2 + place
        const [a, b] = [number.charAt(index), number.charAt(index + 1)]
        fc.pre(a !== b && [a, b].toSorted().join('') !== '0Z')
        assert.ok(!isTrackingNumber(number.slice(0, index) + b + a + number.slice(index + 2)))
      }),
      { numRuns: 500 },
    )
  })

  it('is none in another form', () => {
    const number = formatTrackingNumber(new Uint8Array(16))
    for (const text of [
      '',
      'SH',
      number.toLowerCase(),
      `${number}0`,
      number.slice(1),
      ` ${number}`,
      `${number}\n`,
    ])
      assert.ok(!isTrackingNumber(text), JSON.stringify(text))
  })
})
