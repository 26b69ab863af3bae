import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import fc from 'fast-check'
import qs from 'qs'
import { parseExtendedQuery } from '#dist/http/extended-query.js'
import { parseOrderlyForm } from '#dist/http/orderly-form.js'
import { LONGEST_NAME, RecentNames } from '#dist/http/recent-names.js'

/*
 * Forms that are read in one pass. The oracles are `qs`, and the parser that takes all forms.
 */

const LIMITS = { arrayLimit: 20, depth: 5, parameterLimit: 1000 }
const NO_LIMITS = { arrayLimit: 1000, depth: 100, parameterLimit: 100_000 }

type Value = string | Value[] | { [name: string]: Value }

const aName = fc.constantFrom('a', 'b', 'name', 'tags', 'items', 'é', 'x-1', 'a.b', 'a_rather_long_name')
const aText = fc.oneof(fc.constantFrom('', '1', 'two words', 'é', '=', ']=', '&', '100 %'), fc.string())
const { object: anObject } = fc.letrec<{ value: Value; object: Value; array: Value }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, aText, tie('object'), tie('array')),
  object: fc.dictionary(aName, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  array: fc.array(tie('value'), { minLength: 1, maxLength: 4 }) as fc.Arbitrary<Value>,
}))

/** The parameters of a form that says this value; keys as they stand, values escaped. */
function parametersOf(value: Value, key: string): string[] {
  if (typeof value === 'string') return [`${key}=${encodeURIComponent(value).replaceAll('%20', '+')}`]
  if (Array.isArray(value)) {
    const isList = value.every((element) => typeof element === 'string')
    return value.flatMap((element, i) => parametersOf(element, isList ? `${key}[]` : `${key}[${i}]`))
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    parametersOf(inner, key === '' ? name : `${key}[${name}]`),
  )
}

function check<T>(t: TestContext, property: fc.IProperty<T>, numRuns: number): void {
  const seed = Number(process.env['NOZOMI_TEST_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))
  t.diagnostic(`fast-check seed ${seed}`)
  fc.assert(property, { numRuns, seed })
}

describe('parseOrderlyForm()', () => {
  it('reads what a program makes of any value, as qs does', (t) => {
    const names = new RecentNames()
    const property = fc.property(anObject, (value) => {
      const text = parametersOf(value, '').join('&')
      const form = parseOrderlyForm(text, NO_LIMITS, names)
      assert.deepStrictEqual(form, value, text)
      assert.deepStrictEqual(form, qs.parse(text, NO_LIMITS), text)
      assert.equal(JSON.stringify(form), JSON.stringify(value))
    })
    check(t, property, 3000)
  })

  it('reads them as the whole parser does, or leaves them to it, once something was changed', (t) => {
    const names = new RecentNames()
    const change = fc.record({
      from: fc.nat(),
      to: fc.nat(),
      piece: fc.constantFrom(
        '',
        '[',
        ']',
        '[]',
        '[0]',
        '[7]',
        '=',
        '&',
        ']=',
        '%',
        '+',
        'a',
        '__proto__',
        'toString',
      ),
      length: fc.nat(3),
    })
    const limits = fc.record({
      arrayLimit: fc.constantFrom(0, 1, 2, 3, 20),
      depth: fc.constantFrom(0, 1, 2, 5),
      parameterLimit: fc.constantFrom(1, 3, 1000),
    })
    let orderly = 0
    const property = fc.property(
      anObject,
      fc.array(change, { maxLength: 3 }),
      limits,
      (value, changes, limit) => {
        const parameters = parametersOf(value, '')
        for (const { from, to } of changes) {
          const [moved = ''] = parameters.splice(from % parameters.length, 1)
          parameters.splice(to % (parameters.length + 1), 0, moved)
        }
        let text = parameters.join('&')
        for (const { from, piece, length } of changes) {
          const at = from % (text.length + 1)
          text = text.slice(0, at) + piece + text.slice(at + length)
        }
        // As `parseExtendedQuery()` does before.
        text = text.replace(/%5B/gi, '[').replace(/%5D/gi, ']')
        const form = parseOrderlyForm(text, limit, names)
        if (form === null) return
        orderly++
        const whole = parseExtendedQuery(text, limit)
        assert.deepStrictEqual(form, whole, text)
        assert.equal(JSON.stringify(form), JSON.stringify(whole), text)
      },
    )
    check(t, property, 20_000)
    assert.ok(orderly > 1000, `${orderly} of 20,000 forms were orderly`)
  })

  const ORDERLY = [
    'a[b]=1&a[c]=2&d=3',
    'a[]=1&a[]=2&b[]=3',
    'a=1&a=2&a=3&b[c]=1',
    'a[0][x]=1&a[0][y]=2&a[1][x]=3',
    'a[b][]=1&a[b][]=2&a[c][d]=3&a[e]=4',
    'a[b]=1&c[d]=2&a[e]=3',
    'a[0]=1&a[1]=2&a[1]=3',
    'a[b]&a[c]=&&a[d]',
    'a[007]=1&a[-1]=2&0[x]=3',
  ]
  for (const text of ORDERLY) {
    it(`reads ${text}`, () => {
      const form = parseOrderlyForm(text, LIMITS, new RecentNames())
      assert.ok(form)
      assert.deepStrictEqual(form, qs.parse(text))
    })
  }

  const OTHERS = {
    'a name of every object': [
      'toString[a]=1',
      'a[b]=1&a[valueOf]=2',
      '__proto__[a]=1',
      'a[__proto__][b]=1',
      'a[b]=1&constructor=2',
    ],
    'a place that is taken': [
      'a[b]=1&c=2&a[b]=3',
      'a[b]=1&a=2',
      'a=1&a[b]=2',
      'a[]=1&a[b]=2',
      'a[b]=1&a[]=2',
      'a[0]=1&a[]=2',
    ],
    'an array out of order': ['a[1]=1&a[0]=2', 'a[0]=1&a[2]=2', 'a[20]=1'],
    'a bracket that is not closed, or closes nothing': [
      'a[b=1',
      'a[b',
      'a[b]c=1',
      'a]=1&b[c]=1',
      '[a]=1',
      'a[[b]]=1',
      'a=b]=c&d[e]=1',
    ],
    'an escape in a key': ['a[b%20c]=1', 'a+b[c]=1'],
    'a list of objects without indices': ['a[][b]=1'],
    'too many brackets': ['a[b][c][d][e][f][g]=1'],
    'a long name': [`a[${'n'.repeat(LONGEST_NAME + 1)}]=1`, `${'n'.repeat(LONGEST_NAME + 1)}[a]=1`],
  }
  for (const [title, texts] of Object.entries(OTHERS)) {
    it(`leaves ${title} to the whole parser`, () => {
      for (const text of texts) {
        const names = new RecentNames()
        assert.equal(parseOrderlyForm(text, LIMITS, names), null, text)
        assert.deepStrictEqual(parseExtendedQuery(text, LIMITS, names), qs.parse(text, LIMITS), text)
      }
    })
  }

  it('leaves what an application has added to all objects to the whole parser', (t) => {
    const everyObject: { isFrozen?: unknown; isNothing?: unknown } = Object.getPrototypeOf({})
    t.after(() => {
      delete everyObject.isFrozen
      delete everyObject.isNothing
    })
    Object.defineProperty(everyObject, 'isFrozen', { value: {}, configurable: true })
    Object.defineProperty(everyObject, 'isNothing', { value: undefined, configurable: true })
    const names = new RecentNames()
    for (const text of [
      'isFrozen[x]=1&a[b]=1',
      'a[isFrozen][x]=1',
      'a[b]=1&isNothing=1',
      'a[isNothing]=1&a[b]=1',
    ]) {
      assert.equal(parseOrderlyForm(text, LIMITS, names), null, text)
      assert.deepStrictEqual(parseExtendedQuery(text, LIMITS, names), qs.parse(text), text)
    }
    assert.deepEqual(everyObject.isFrozen, {})
  })
})

describe('RecentNames', () => {
  it('gives the characters that stand there, whatever was there before', (t) => {
    const names = new RecentNames()
    const property = fc.property(fc.string({ maxLength: LONGEST_NAME }), fc.nat(3), (name, fingerprint) => {
      assert.equal(names.nameAt(`[${name}]`, 1, name.length + 1, fingerprint), name)
    })
    check(t, property, 2000)
  })
})
