import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseByteSize } from '#dist/http/byte-size.js'
import { formatContentType, mediaTypeOf, parseContentType } from '#dist/http/content-type.js'
import { compileMediaTypes, hasBody, typeIs } from '#dist/http/media-type-match.js'

/*
 * The oracles are the packages that Express itself uses.
 */

interface Parts {
  type: string
  parameters?: Record<string, string>
}

const require = createRequire(import.meta.url)
const bytes = require('bytes') as { parse(value: unknown): number | null }
const contentType = require('content-type') as { parse(field: string): Parts; format(parts: Parts): string }
const typeis = require('type-is') as {
  is(value: string | undefined, types?: string[]): string | false
  hasBody(request: object): boolean
}

/** What a function gives, or the kind and the message of what it throws. */
function outcomeOf(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

function soup(pieces: string[], maxLength: number): fc.Arbitrary<string> {
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength }).map((parts) => parts.join(''))
  return fc.oneof({ weight: 4, arbitrary: soup }, fc.string(), fc.string({ unit: 'binary' }))
}

describe('parseContentType() and formatContentType()', () => {
  const pieces = soup(
    [
      'text/html',
      'TEXT/Plain',
      ';',
      ';',
      '=',
      '=',
      '"',
      '"',
      '\\',
      ' ',
      '\t',
      'charset',
      'Charset',
      'utf-8',
      'a',
      '__proto__',
      '\u00e9',
    ],
    16,
  )

  const name = fc.constantFrom('a', 'A', 'b', 'charset', ' a', '__proto__')
  const valueText = fc.constantFrom(
    'x',
    '"x"',
    '"y"',
    ' "x;\\"" ',
    '"',
    '""',
    'x"y"',
    '"x"y',
    'utf-8 ',
    '"\\',
  )
  const parameter = fc.tuple(name, valueText).map((parts) => parts.join('='))
  const parameters = fc.array(parameter, { maxLength: 4 }).map((parts) => ['text/html', ...parts].join(';'))
  const field = fc.oneof(pieces, parameters)

  it('read what content-type reads', () => {
    const property = fc.property(field, (text) => {
      const { type, parameters } = contentType.parse(text)
      const ours = parseContentType(text)
      assert.deepEqual(
        { type: ours.type, parameters: { ...ours.parameters } },
        { type, parameters: { ...parameters } },
      )
      assert.equal(mediaTypeOf(text), type)
    })
    fc.assert(property, { numRuns: 5000 })
  })

  it('write what content-type writes, and refuse what it refuses', () => {
    const text = soup(['a', '/', '-', '"', '\\', ' ', ';', '\n', '\u00e9', '\u0100', ''], 6)
    const parts = fc.record({
      type: fc.oneof(fc.constant('text/html'), text),
      parameters: fc.dictionary(text, text),
    })
    const property = fc.property(parts, (given) => {
      assert.equal(
        outcomeOf(() => formatContentType(given)),
        outcomeOf(() => contentType.format(given)),
      )
    })
    fc.assert(property, { numRuns: 5000 })
  })

  it('read back what was written', () => {
    const token = fc.stringMatching(/^[a-z0-9-]{1,8}$/)
    const value = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,12}$/)
    const property = fc.property(token, value, (name, text) => {
      const written = formatContentType({ type: 'text/html', parameters: { [name]: text } })
      assert.deepEqual({ ...parseContentType(written).parameters }, { [name]: text })
    })
    fc.assert(property, { numRuns: 2000 })
  })
})

describe('parseByteSize()', () => {
  it('gives what bytes.parse() gives', () => {
    const text = soup(
      ['1', '0', '.', '5', '-', '+', ' ', 'k', 'K', 'b', 'B', 'mb', 'GB', 'tb', 'pb', 'e', 'x', '\n'],
      8,
    )
    const size = fc
      .tuple(
        fc.integer({ min: 0, max: 3000 }),
        fc.constantFrom('', '.', '.5', '.75', '.999'),
        fc.constantFrom('', ' ', '  '),
      )
      .chain(([whole, part, blank]) =>
        fc
          .constantFrom('', 'b', 'kb', 'KB', 'Mb', 'gb', 'tb', 'pb', 'eb')
          .map((unit) => `${whole}${part}${blank}${unit}`),
      )
    const value = fc.oneof(
      { weight: 5, arbitrary: text },
      { weight: 5, arbitrary: size },
      fc.double(),
      fc.integer(),
      fc.anything(),
    )
    const property = fc.property(value, (given) => {
      assert.ok(Object.is(parseByteSize(given), bytes.parse(given)), String(parseByteSize(given)))
    })
    fc.assert(property, { numRuns: 10_000 })
    for (const given of [
      '100kb',
      '1.5 MB',
      '2gb',
      '1tb',
      '1pb',
      '12',
      '1b',
      '1e3',
      '-1kb',
      '+1kb',
      'kb',
      '',
    ]) {
      assert.equal(parseByteSize(given), bytes.parse(given), given)
    }
  })
})

describe('typeIs() and compileMediaTypes()', () => {
  const names = [
    'text',
    'application',
    'json',
    'html',
    '*',
    '+json',
    'vnd.api',
    '/',
    '/',
    '+',
    '-',
    ' ',
    'urlencoded',
    'multipart',
  ]
  const pieces = soup([...names, '.', ';', 'charset=utf-8', 'A', 'é'], 6)
  const known = fc.constantFrom(
    'text/html',
    'Text/HTML; charset=utf-8',
    'application/json',
    'application/vnd.api+json',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  )
  const type = fc.oneof(
    pieces,
    fc.constantFrom(
      'json',
      'html',
      '*/*',
      'text/*',
      '*/html',
      '+json',
      '*/*+json',
      'application/*+json',
      'urlencoded',
      'multipart',
      'x-none',
    ),
  )
  const value = fc.oneof(known, known, pieces, fc.constant(undefined))

  it('give what type-is gives', () => {
    const property = fc.property(value, fc.array(type, { maxLength: 3 }), (field, types) => {
      const expected = typeis.is(field, types)
      assert.equal(typeIs(field, types), expected)
      assert.equal(compileMediaTypes(types)(field), expected)
    })
    fc.assert(property, { numRuns: 10_000 })
  })

  it('know which request has a body, as type-is does', () => {
    const length = fc.constantFrom(undefined, '0', '10', 'x', '')
    const coding = fc.constantFrom(undefined, 'chunked', '')
    const property = fc.property(length, coding, (contentLength, transferCoding) => {
      const headers = { 'content-length': contentLength, 'transfer-encoding': transferCoding }
      assert.equal(hasBody({ headers }), typeis.hasBody({ headers }))
    })
    fc.assert(property)
  })
})
