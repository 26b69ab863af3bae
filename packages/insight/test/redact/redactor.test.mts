import assert from 'node:assert/strict'
import test from 'node:test'
import { createRedactor } from '#dist/redact/redactor.js'

const redactor = createRedactor()

test('keeps the scheme of an Authorization, and nothing else of it', () => {
  assert.equal(redactor.field('Authorization', 'Bearer abc.def'), 'Bearer [redacted]')
  assert.equal(redactor.field('authorization', 'Basic dTpw'), 'Basic [redacted]')
  assert.equal(redactor.field('Proxy-Authorization', 'secret-without-scheme'), '[redacted]')
  assert.equal(redactor.field('Authorization', 'two words'), '[redacted]')
})

test('keeps the names of cookies, and the attributes of those that are set', () => {
  assert.equal(
    redactor.field('Cookie', 'sid=1; theme=dark; y'),
    'sid=[redacted]; theme=[redacted];[redacted]',
  )
  assert.equal(redactor.field('Set-Cookie', 'sid=1; Path=/; HttpOnly'), 'sid=[redacted]; Path=/; HttpOnly')
})

test('takes the whole value of fields that hold keys, however they are called', () => {
  for (const name of ['X-API-Key', 'x-auth-token', 'X-Vault-Token', 'x-my-api-key', 'X-Client-Secret']) {
    assert.equal(redactor.field(name, 'v'), '[redacted]', name)
  }
  for (const name of ['Accept', 'X-Request-Id', 'ETag', 'Content-Length', 'Keep-Alive']) {
    assert.equal(redactor.field(name, 'v'), 'v', name)
  }
})

test('takes tokens out of a query, and leaves what is no secret as it was written', () => {
  assert.equal(redactor.url('/a?page=2&access_token=x%20y&q=a+b'), '/a?page=2&access_token=[redacted]&q=a+b')
  assert.equal(
    redactor.url('/a?apiKey=1&api_key=2&API-KEY=3'),
    '/a?apiKey=[redacted]&api_key=[redacted]&API-KEY=[redacted]',
  )
  assert.equal(
    redactor.url('/a?user%5Bpassword%5D=1&user[name]=2'),
    '/a?user%5Bpassword%5D=[redacted]&user[name]=2',
  )
  assert.equal(
    redactor.url('/a?monkey=1&keyboard=2&encoded=3&%E0%A4%A=4'),
    '/a?monkey=1&keyboard=2&encoded=3&%E0%A4%A=4',
  )
  assert.equal(redactor.url('/cb#id_token=1&state=2'), '/cb#id_token=[redacted]&state=2')
  assert.equal(redactor.url('https://me:secret@host/a?b=1'), 'https://me:[redacted]@host/a?b=1')
  assert.equal(redactor.url('/plain'), '/plain')
})

test('takes tokens out of fields that hold a URL', () => {
  assert.equal(redactor.field('Referer', 'http://a/?token=1&b=2'), 'http://a/?token=[redacted]&b=2')
  assert.equal(redactor.field('Location', '/cb?code=1&b=2'), '/cb?code=[redacted]&b=2')
})

test('finds a JSON Web Token wherever it stands', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
  assert.equal(redactor.text(`invalid ${token}, sorry`), 'invalid [redacted], sorry')
  assert.equal(redactor.url(`/verify/${token}`), '/verify/[redacted]')
})

test('takes secrets out of JSON and forms, however deep, and also of JSON that was cut off', () => {
  const json = JSON.stringify({ user: { name: 'a', password: 'b', tokens: [1] }, pin: 1234 })
  assert.deepEqual(JSON.parse(redactor.body(json, 'application/json; charset=utf-8')), {
    user: { name: 'a', password: '[redacted]', tokens: '[redacted]' },
    pin: '[redacted]',
  })
  const whole = '{ "a": 1 }'
  assert.equal(redactor.body(whole, 'application/json'), whole)
  assert.equal(
    redactor.body('{"name":"a","password":"b\\"c","pin":12,"otp":"unfinis', 'application/json'),
    '{"name":"a","password":"[redacted]","pin":"[redacted]","otp":"[redacted]"',
  )
  assert.equal(
    redactor.body('name=a&password=b', 'application/x-www-form-urlencoded'),
    'name=a&password=[redacted]',
  )
  assert.equal(redactor.body('any text', undefined), 'any text')
})

test('takes what the application calls secret', () => {
  const own = createRedactor({
    fields: ['X-Patient'],
    parameters: ['member_no'],
    patterns: [/\b\d{4}-\d{4}\b/],
  })
  assert.equal(own.field('x-patient', 'Ann'), '[redacted]')
  assert.equal(own.url('/a?memberNo=1&b=2'), '/a?memberNo=[redacted]&b=2')
  assert.equal(own.text('card 1234-5678 and 8765-4321'), 'card [redacted] and [redacted]')
  assert.equal(own.field('Authorization', 'Bearer x'), 'Bearer [redacted]')
})
