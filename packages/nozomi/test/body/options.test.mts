import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'

const PARSERS = {
  json: nozomi.json,
  urlencoded: nozomi.urlencoded,
  text: nozomi.text,
  raw: nozomi.raw,
} as unknown as Record<string, (options?: object | null) => unknown>

const bare = Object.create(null) as object

/** Options that cannot be meant, how the message begins (as body-parser's does), and what it advises. */
const OF_ALL = [
  [{ limit: 'lots' }, 'option limit "lots" is invalid', /bytes.*"100kb"/],
  [{ limit: Number.NaN }, 'option limit "NaN" is invalid', /bytes/],
  [{ limit: true }, 'option limit "true" is invalid', /bytes/],
  [{ limit: bare }, 'option limit "[Object: null prototype] {}" is invalid', /bytes/],
  [{ limit: Symbol('s') }, 'option limit "Symbol(s)" is invalid', /bytes/],
  [{ verify: 'yes' }, 'option verify must be function', /"yes"/],
  [{ verify: bare }, 'option verify must be function', /"\[Object: null prototype\] \{\}"/],
  [{ type: 7 }, 'option type "7" is invalid', /media type.*function/],
  [{ type: ['json', null] }, 'option type "null" is invalid', /media type/],
] as const

const OF_ONE = {
  json: [
    [{ reviver: 'yes' }, 'option reviver must be a function', /"yes"/],
    [{ protoKeys: 'remove' }, 'option protoKeys must be "refuse", "drop" or "keep"', /"remove"/],
    [{ defaultCharset: 'latin1' }, 'option defaultCharset must be an encoding of Unicode', /"latin1"/],
    [{ defaultCharset: 'utf-none' }, 'option defaultCharset must be an encoding of Unicode', /"utf-none"/],
  ],
  urlencoded: [
    [{ parameterLimit: 0 }, 'option parameterLimit must be a positive number', /"0"/],
    [{ parameterLimit: 'many' }, 'option parameterLimit must be a positive number', /"many"/],
    [{ parameterLimit: null }, 'option parameterLimit must be a positive number', /"null"/],
    [{ parameterLimit: bare }, 'option parameterLimit must be a positive number', /null prototype/],
    [{ extended: true, depth: -1 }, 'option depth must be a zero or a positive number', /"-1"/],
    [{ extended: true, depth: 'deep' }, 'option depth must be a zero or a positive number', /"deep"/],
    [
      { extended: true, depth: Symbol('s') },
      'option depth must be a zero or a positive number',
      /Symbol\(s\)/,
    ],
    [{ defaultCharset: 'utf-16' }, 'option defaultCharset must be either utf-8 or iso-8859-1', /"utf-16"/],
  ],
  text: [
    [{ defaultCharset: 'x-none' }, 'option defaultCharset must be a charset', /iconv-lite.*"x-none"/],
    [{ defaultCharset: 7 }, 'option defaultCharset must be a charset', /"7"/],
  ],
  raw: [],
} as const

describe('options that cannot be meant', () => {
  for (const [name, parser] of Object.entries(PARSERS)) {
    for (const [options, begin, advice] of [...OF_ALL, ...OF_ONE[name as keyof typeof OF_ONE]]) {
      it(`make ${name}() throw a TypeError: ${begin}`, () => {
        assert.throws(
          () => parser(options),
          (error: Error) => {
            assert.ok(error instanceof TypeError)
            assert.ok(error.message.startsWith(begin), error.message)
            assert.match(error.message, advice)
            return true
          },
        )
      })
    }
  }
})

describe('options that are left out', () => {
  it('may be so in every way', () => {
    for (const parser of Object.values(PARSERS)) {
      for (const options of [
        undefined,
        null,
        {},
        { limit: null },
        { limit: undefined, type: '', verify: false },
      ]) {
        assert.equal(typeof parser(options), 'function')
      }
    }
  })

  it('leave a function whose name tools can read', () => {
    const names = Object.values(PARSERS).map((parser) => (parser() as { name: string }).name)
    assert.deepEqual(names, ['jsonParser', 'urlencodedParser', 'textParser', 'rawParser'])
  })
})
