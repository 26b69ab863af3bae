import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read, readHead } from './read-head.mjs'

const isTaken = (method: string, target: string, host = 'x'): boolean => {
  const { refusal } = readHead([`${method} ${target} HTTP/1.1`, `Host: ${host}`])
  if (refusal !== null) assert.equal(refusal.status, 400)
  return refusal === null
}

test('takes paths with queries, whatever visible characters they have', () => {
  for (const target of ['/', '//a/b', '/a?b=c', '/%zz', '/?q=[]{}|\\^"<>`', '/a:b@c', '/*', '/http://x']) {
    assert.equal(isTaken('GET', target), true, target)
  }
})

test('refuses blanks, control characters, bytes beyond ASCII, and fragments', () => {
  for (const target of ['/a b', '/a\tb', '/a\0', '/\x7f', '/\xe9', '/#f', '/a#', '/\x0c', '/a\rb', '']) {
    assert.equal(isTaken('GET', target), false, JSON.stringify(target))
  }
})

test('takes absolute targets of http and https, whatever host the Host field names', () => {
  assert.equal(isTaken('GET', 'http://x/a?b'), true)
  assert.equal(isTaken('GET', 'HTTP://X'), true)
  assert.equal(isTaken('GET', 'https://x:8080?q', 'X:8080'), true)
  assert.equal(isTaken('GET', 'http://[::1]:80/', '[::1]:80'), true)
  assert.equal(isTaken('GET', 'http://y/'), true)
  assert.equal(isTaken('GET', 'http://x:80/'), true)
})

test('refuses absolute targets without a host, with a user, or of other schemes', () => {
  for (const target of [
    'http://',
    'http:///a',
    'http://u@x/',
    'http://u:p@x/',
    'ftp://x/',
    'http:/x',
    'x/y',
    'a://x',
    'http://x\\y/',
  ]) {
    assert.equal(isTaken('GET', target), false, target)
  }
})

test('takes * for OPTIONS alone', () => {
  assert.equal(isTaken('OPTIONS', '*'), true)
  for (const method of ['GET', 'POST', 'CONNECT']) assert.equal(isTaken(method, '*'), false, method)
  assert.equal(isTaken('OPTIONS', '*?'), false)
})

test('takes a host with a port for CONNECT alone', () => {
  for (const target of ['x:443', '[::1]:443', 'a.b:1']) assert.equal(isTaken('CONNECT', target), true, target)
  for (const target of [
    'x',
    'x:',
    ':443',
    '/',
    'http://x:443',
    'u@x:443',
    'x:443:443',
    'x:123456',
    '[::1:443',
  ]) {
    assert.equal(isTaken('CONNECT', target), false, target)
  }
  assert.equal(isTaken('GET', 'x:443'), false)
})

test('refuses a target that can get no valid form any more before it is over', () => {
  assert.equal(read('GET x').refusal?.code, 'HPE_INVALID_URL')
  assert.equal(read('GET *').refusal?.code, 'HPE_INVALID_URL')
  for (const start of [
    'GET ',
    'GET h',
    'GET HTTPS:',
    'GET http://',
    'GET http://x',
    'OPTIONS *',
    'CONNECT x',
  ]) {
    assert.equal(read(start).refusal, null, start)
  }
})
