import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { parseDuration } from '#dist/http/duration.js'
import { encodeUrl } from '#dist/http/encode-url.js'
import { formatEntityTag, formatVersionTag } from '#dist/http/entity-tag.js'
import { escapeHtml } from '#dist/http/escape-html.js'
import { isFresh, isPreconditionFailed } from '#dist/http/freshness.js'
import { formatHttpDate, parseHttpDate } from '#dist/http/http-date.js'

/*
 * The oracles are the packages that Express itself uses.
 */

const require = createRequire(import.meta.url)
const encodeurl = require('encodeurl') as (url: string) => string
const escapehtml = require('escape-html') as (text: string) => string
const etag = require('etag') as (entity: unknown, options?: { weak: boolean }) => string
const fresh = require('fresh') as (request: object, response: object) => boolean
const ms = require('ms') as (text: string) => number | undefined

/** Text with every kind of UTF-16 unit, lone surrogates too. */
const anyText = fc.string({ unit: 'binary' })

describe('encodeUrl()', () => {
  it('gives what encodeurl gives', () => {
    const pieces = fc.constantFrom(
      '%',
      '%4',
      '%41',
      '%zz',
      '\\',
      '"',
      '<',
      '|',
      '^',
      ' ',
      'é',
      '\ud83d',
      '🚄',
      '\n',
    )
    const text = fc.oneof(
      anyText,
      fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (url) => {
        assert.equal(encodeUrl(url), encodeurl(url))
      }),
      { numRuns: 2000 },
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (url) => {
        assert.equal(encodeUrl(encodeUrl(url)), encodeUrl(url))
      }),
    )
  })
})

describe('escapeHtml()', () => {
  it('gives what escape-html gives', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom('<', '>', '&', '"', "'"), fc.string()))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (html) => {
        assert.equal(escapeHtml(html), escapehtml(html))
      }),
    )
  })
})

describe('formatEntityTag()', () => {
  it('gives what etag gives, for strings and buffers, weak and strong', () => {
    const body = fc.oneof(
      fc.string(),
      anyText,
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    )
    fc.assert(
      fc.property(body, fc.boolean(), (entity, weak) => {
        assert.equal(formatEntityTag(entity, weak), etag(entity, { weak }))
      }),
    )
  })
})

describe('formatVersionTag()', () => {
  it('gives what etag gives for the stat of a file', () => {
    const stat = statSync(import.meta.filename)
    assert.equal(formatVersionTag(stat), etag(stat))
    assert.equal(formatVersionTag(stat, false), etag(stat, { weak: false }))
  })
})

/** Entity tags and lists of them, well formed and not. */
const tag = fc.constantFrom('"a"', 'W/"a"', '"b"', 'W/"b"', '', 'a', '*', 'W/')
const tagList = fc
  .array(fc.tuple(fc.constantFrom('', ' ', '  ', '\t'), tag, fc.constantFrom('', ' ')), { maxLength: 5 })
  .map((items) => items.map((item) => item.join('')).join(','))
const date = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((second) => new Date(second * 1000).toUTCString()),
  fc.constantFrom('', 'never', '1970-01-01', 'Thursday, 01-Jan-70 00:00:01 GMT'),
)
const cacheControl = fc.constantFrom(
  'no-cache',
  'max-age=0, no-cache',
  'x-no-cache',
  'no-cachet',
  ' no-cache ,a',
)

function optional<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined })
}

describe('isFresh()', () => {
  it('gives what fresh gives', () => {
    const conditions = fc.record({
      'if-none-match': optional(tagList),
      'if-modified-since': optional(date),
      'cache-control': fc.option(cacheControl, { nil: undefined, freq: 1 }),
    })
    fc.assert(
      fc.property(conditions, optional(tag), optional(date), (request, entityTag, lastModified) => {
        assert.equal(
          isFresh(request, entityTag, lastModified),
          fresh(request, { etag: entityTag, 'last-modified': lastModified }),
        )
      }),
      { numRuns: 5000 },
    )
  })
})

describe('isFresh(), better than fresh', () => {
  it('finds a tag that holds a comma, when it is the only one', () => {
    assert.equal(isFresh({ 'if-none-match': '"a,b"' }, '"a,b"', undefined), true)
  })
})

describe('isPreconditionFailed()', () => {
  const modified = 'Sun, 06 Nov 1994 08:49:37 GMT'

  for (const [conditions, failed] of [
    [{ 'if-match': '*' }, false],
    [{ 'if-match': '"a"' }, false],
    [{ 'if-match': 'W/"a"' }, false],
    [{ 'if-match': ' "x",, "a" ,' }, false],
    [{ 'if-match': '"x"' }, true],
    [{ 'if-match': '"x"', 'if-unmodified-since': modified }, true],
    [{ 'if-match': '"a"', 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' }, false],
    [{ 'if-unmodified-since': modified }, false],
    [{ 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' }, true],
    [{ 'if-unmodified-since': 'yesterday' }, false],
    [{}, false],
  ] as const) {
    it(`is ${failed} for ${JSON.stringify(conditions)}`, () => {
      assert.equal(isPreconditionFailed(conditions, '"a"', modified), failed)
    })
  }

  it('is true where the response has no validator to compare with', () => {
    assert.equal(isPreconditionFailed({ 'if-match': '*' }, undefined, modified), true)
    assert.equal(isPreconditionFailed({ 'if-unmodified-since': modified }, '"a"', undefined), true)
  })
})

describe('formatHttpDate() and parseHttpDate()', () => {
  it('are inverses for whole seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        assert.equal(formatHttpDate(second * 1000), new Date(second * 1000).toUTCString())
        assert.equal(parseHttpDate(formatHttpDate(second * 1000 + 999)), second * 1000)
      }),
    )
  })

  it('reads the current form of RFC 9110 and the one of RFC 850', () => {
    const ms1994 = 784_111_777_000
    assert.equal(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT'), ms1994)
    assert.equal(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT'), ms1994)
    assert.equal(parseHttpDate(undefined), NaN)
    assert.equal(parseHttpDate('soon'), NaN)
  })
})

describe('parseDuration()', () => {
  it('gives what ms gives', () => {
    const number = fc.constantFrom('1', '-3', '2.5', '.5', '-.5', '1.', '', '10', '--1')
    const units =
      ' ms msec milliseconds s sec seconds m mins minute h hr hours d day DAYS w week y yrs year month x constructor'
    const unit = fc.constantFrom(...units.split(' '))
    const blanks = fc.constantFrom('', ' ', '   ', '\t')
    const written = fc.tuple(number, blanks, unit).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(written, fc.string({ minLength: 1 })), (text) => {
        fc.pre(text !== '') // ms throws
        assert.equal(parseDuration(text), ms(text) ?? NaN)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes no text of more than 100 characters', () => {
    assert.equal(parseDuration(`${'1'.repeat(99)}s`), Number('1'.repeat(99)) * 1000)
    assert.equal(parseDuration(`${'1'.repeat(100)}s`), NaN)
  })
})
