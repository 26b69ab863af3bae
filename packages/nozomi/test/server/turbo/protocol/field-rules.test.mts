import assert from 'node:assert/strict'
import { type IncomingMessage, ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  assertFieldName,
  assertFieldValue,
  assertInformationalField,
  assertReason,
  assertTrailer,
  statedLength,
  statusOf,
} from '#dist/server/turbo/protocol/field-rules.js'

/** Text in which the characters that matter are as frequent as others. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', '-', ' ', '\t', '\r', '\n', '\0', '\x7f', ':', '\xff', '\u0100', '"', '('),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  ),
  maxLength: 6,
})

test('takes the names that node takes, and throws what node throws', () => {
  fc.assert(
    fc.property(text, (name) =>
      same(
        () => assertFieldName(name),
        () => validateHeaderName(name),
      ),
    ),
  )
})

test('takes the values that node takes, and throws what node throws', () => {
  const value = fc.oneof(text, fc.constant(undefined), fc.integer())
  fc.assert(
    fc.property(value, (value) =>
      same(
        () => assertFieldValue('x', value),
        () => validateHeaderValue('x', value as string),
      ),
    ),
  )
})

test('checks each value of a list', () => {
  assert.throws(() => assertFieldValue('x', ['a', 'b\r\nc']), { code: 'ERR_INVALID_CHAR' })
})

test('takes the reasons that node takes, and throws what node throws', () => {
  fc.assert(
    fc.property(text, (reason) =>
      same(
        () => assertReason(reason),
        () => response().writeHead(200, reason),
      ),
    ),
  )
})

test('takes the status codes that node takes, and throws what node throws', () => {
  for (const status of [99, 100, 200, 999, 1000, '200', 'x', 200.5, Number.NaN, -200, undefined, null]) {
    same(
      () => statusOf(status),
      () => response().writeHead(status as number),
    )
  }
})

test('takes the trailers that node takes, and throws what node throws', () => {
  fc.assert(
    fc.property(text, text, (name, value) =>
      same(
        () => assertTrailer(name, value),
        () => response().addTrailers({ [name]: value }),
      ),
    ),
  )
})

test('refuses trailers that a recipient must know before the content', () => {
  for (const name of [
    'Content-Length',
    'transfer-encoding',
    'Host',
    'Set-Cookie',
    'Authorization',
    'Trailer',
  ]) {
    assert.throws(() => assertTrailer(name, 'x'), { code: 'ERR_HTTP_TRAILER_INVALID' })
  }
})

test('refuses line ends and lengths in 1xx responses', () => {
  assertInformationalField('link', '</a.css>; rel=preload')
  assert.throws(() => assertInformationalField('x', 'a\r\nb'), { code: 'ERR_INVALID_CHAR' })
  assert.throws(() => assertInformationalField('x y', 'a'), { code: 'ERR_INVALID_HTTP_TOKEN' })
  assert.throws(() => assertInformationalField('Content-Length', '5'), {
    code: 'ERR_HTTP_INVALID_HEADER_VALUE',
  })
})

test('reads the length that a handler states, and refuses what is none', () => {
  assert.equal(statedLength('5'), 5)
  assert.equal(statedLength(0), 0)
  for (const value of ['', 'x', '5,5', '-1', '1.5', ' 5', '9007199254740993', Number.NaN, ['5', '6']]) {
    assert.throws(() => statedLength(value), { code: 'ERR_HTTP_INVALID_HEADER_VALUE' })
  }
})

function response(): ServerResponse {
  return new ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 } as IncomingMessage)
}

function same(ours: () => unknown, node: () => unknown): void {
  assert.deepEqual(outcome(ours), outcome(node))
}

/** What was thrown, as users see it. */
function outcome(run: () => unknown): unknown {
  try {
    run()
    return 'taken'
  } catch (error) {
    const { name, code, message } = error as NodeJS.ErrnoException
    return { name, code, message }
  }
}
