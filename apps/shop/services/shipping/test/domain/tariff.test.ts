import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SERVICE_LEVELS } from '../../contract/vocabulary.js'
import { COUNTRIES } from '../../src/domain/countries.js'
import { placeOf } from '../../src/domain/destination.js'
import { Refused } from '../../src/domain/refused.js'
import { quoteFor, WEIGHT_LIMIT_GRAMS } from '../../src/domain/tariff.js'

const destination = fc
  .constantFrom(...COUNTRIES)
  .map(([country, { example }]) => ({ country, postalCode: example }))
const weightGrams = fc.integer({ min: 1, max: WEIGHT_LIMIT_GRAMS })

function refusedFields(work: () => unknown): readonly string[] {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof Refused, String(error))
    return error.fields.map(({ field }) => field)
  }
  return assert.fail('it was taken')
}

function pricesOf(weight: number, country: string, postalCode: string): Record<string, number> {
  const { options } = quoteFor({ weightGrams: weight, destination: { country, postalCode } }, null)
  return Object.fromEntries(options.map(({ level, price }) => [level, price.amount]))
}

describe('the tariff', () => {
  it('charges the first kilogram, and each further one that was begun', () => {
    assert.deepEqual(pricesOf(1, 'DE', '10115'), { pickup: 390, standard: 490, express: 1190 })
    assert.deepEqual(pricesOf(1000, 'DE', '10115'), { pickup: 390, standard: 490, express: 1190 })
    assert.deepEqual(pricesOf(1001, 'DE', '10115'), { pickup: 440, standard: 550, express: 1300 })
    assert.deepEqual(pricesOf(2500, 'NL', '1012AB'), { pickup: 990, standard: 1230, express: 2670 })
  })

  it('charges more for islands, and takes longer', () => {
    const [near] = quoteFor(
      { weightGrams: 500, destination: { country: 'FR', postalCode: '75001' } },
      'standard',
    ).options
    const [far] = quoteFor(
      { weightGrams: 500, destination: { country: 'FR', postalCode: '20000' } },
      'standard',
    ).options
    assert.ok(near && far)
    assert.equal(far.price.amount - near.price.amount, 1250)
    assert.deepEqual(
      [near.delivery, far.delivery],
      [
        { min: 2, max: 5 },
        { min: 5, max: 8 },
      ],
    )
  })

  it('never gets cheaper with weight, and express is dearer and not slower than standard', () => {
    fc.assert(
      fc.property(destination, weightGrams, weightGrams, (to, first, second) => {
        const [light, heavy] = [first, second].toSorted((a, b) => a - b) as [number, number]
        for (const level of ['standard', 'express'] as const) {
          const [less] = quoteFor({ weightGrams: light, destination: to }, level).options
          const [more] = quoteFor({ weightGrams: heavy, destination: to }, level).options
          assert.ok(less && more && less.price.amount <= more.price.amount)
        }
        const [standard] = quoteFor({ weightGrams: light, destination: to }, 'standard').options
        const [express] = quoteFor({ weightGrams: light, destination: to }, 'express').options
        assert.ok(standard && express)
        assert.ok(express.price.amount > standard.price.amount)
        assert.ok(express.delivery.max <= standard.delivery.max)
      }),
    )
  })

  it('lists the cheapest first, in whole cents, with a window that does not end before it begins', () => {
    fc.assert(
      fc.property(destination, weightGrams, (to, weight) => {
        const { options } = quoteFor({ weightGrams: weight, destination: to }, null)
        const amounts = options.map(({ price }) => price.amount)
        assert.deepEqual(
          amounts,
          amounts.toSorted((a, b) => a - b),
        )
        for (const { price, delivery } of options) {
          assert.ok(Number.isSafeInteger(price.amount) && price.amount > 0)
          assert.ok(delivery.min >= 1 && delivery.min <= delivery.max)
        }
      }),
    )
  })

  it('quotes one level as it does in the list of all', () => {
    fc.assert(
      fc.property(destination, weightGrams, fc.constantFrom(...SERVICE_LEVELS), (to, weight, level) => {
        const parcel = { weightGrams: weight, destination: to }
        const listed = quoteFor(parcel, null).options.filter((option) => option.level === level)
        if (listed.length > 0) assert.deepEqual(quoteFor(parcel, level).options, listed)
        else
          assert.deepEqual(
            refusedFields(() => quoteFor(parcel, level)),
            ['level'],
          )
      }),
    )
  })

  it('offers no pick-up over 20 kg, or outside Europe', () => {
    assert.deepEqual(Object.keys(pricesOf(20_000, 'DE', '10115')).toSorted(), [
      'express',
      'pickup',
      'standard',
    ])
    assert.deepEqual(Object.keys(pricesOf(20_001, 'DE', '10115')).toSorted(), ['express', 'standard'])
    assert.deepEqual(Object.keys(pricesOf(500, 'US', '20500')).toSorted(), ['express', 'standard'])
  })
})

describe('a destination', () => {
  it('takes the postal code of every country as its people write it, and without separators', () => {
    for (const [country, { example }] of COUNTRIES) {
      const plain = example.replaceAll(/[ -]/g, '')
      assert.equal(placeOf({ country, postalCode: example }).postalCode, plain, country)
      assert.equal(placeOf({ country, postalCode: plain.toLowerCase() }).postalCode, plain, country)
    }
  })

  it('refuses a postal code of another form, and a country where nobody goes', () => {
    for (const [country, postalCode] of [
      ['DE', '1012 AB'],
      ['DE', '1011'],
      ['DE', '101155'],
      ['NL', '1012'],
      ['NL', '1012  AB'],
      ['GB', '12345'],
      ['US', '2050'],
    ] as const) {
      assert.deepEqual(
        refusedFields(() => placeOf({ country, postalCode })),
        ['destination.postalCode'],
      )
    }
    for (const country of ['XX', 'KP', '__proto__'])
      assert.deepEqual(
        refusedFields(() => placeOf({ country, postalCode: '1' })),
        ['destination.country'],
      )
  })

  it('knows a remote place in every country that has some', () => {
    const remote = {
      DE: '25980',
      ES: '35001',
      FI: '22100',
      FR: '20000',
      GB: 'ZE1 0AA',
      IT: '90100',
      NO: '9170',
    }
    for (const [country, postalCode] of Object.entries(remote))
      assert.equal(placeOf({ country, postalCode }).remote, true, country)
    for (const [country, { example }] of COUNTRIES)
      assert.equal(placeOf({ country, postalCode: example }).remote, false, country)
  })
})
