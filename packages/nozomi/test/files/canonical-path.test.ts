import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { isAliasName } from '#dist/files/alias-names.js'
import { isCanonicalPath } from '#dist/files/canonical-path.js'

describe('isAliasName()', () => {
  it('knows what Windows takes for another name', () => {
    for (const name of [
      'admin.',
      'admin ',
      'x::$DATA',
      'C:',
      'ADMIN~1',
      'nul',
      'CON.txt',
      'com1',
      'LPT9.a',
      'a...',
    ]) {
      assert.equal(isAliasName(name, 'win32'), true, name)
      assert.equal(isAliasName(name, 'linux'), false, name)
    }
    for (const name of ['admin', 'a.txt', 'console', 'company', 'a~b', 'com', '~user', '', 'é']) {
      assert.equal(isAliasName(name, 'win32'), false, name)
    }
  })

  it('knows which characters a file system without case folds into others', () => {
    for (const name of ['\u212aey', '\u017fecret', '.g\u200cit', '\ufeffadmin']) {
      assert.equal(isAliasName(name, 'darwin'), true)
      assert.equal(isAliasName(name, 'win32'), true)
      assert.equal(isAliasName(name, 'linux'), false)
    }
    assert.equal(isAliasName('straße', 'darwin'), false)
  })
})

describe('isCanonicalPath()', () => {
  /** The rule, slowly: each segment, decoded and encoded again as sparingly as possible, is what was written. */
  function isCanonicalByRule(path: string): boolean {
    if (path === '') return true
    const [first, ...segments] = path.split('/')
    if (first !== '' || segments.slice(0, -1).includes('')) return false
    return segments.every((segment) => {
      if (segment === '.' || segment === '..' || segment.includes('\\')) return false
      return [...segment.matchAll(/%(..)/g)].every(([octet]) => {
        const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16))
        return !/^[A-Za-z0-9\-._~/\\\0]$/.test(character)
      })
    })
  }

  it('holds to its rule', () => {
    const pieces = '/ / . .. a ~ \\ %2f %2F %5c %00 %41 %7e %2E %20 %C3%A9 %25 %40 [ %5B @ é %80 %ff'
    const piece = fc.constantFrom(...pieces.split(' '))
    const path = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(path, fc.boolean(), (written, isRooted) => {
        const whole = isRooted ? `/${written}` : written
        assert.equal(isCanonicalPath(whole), isCanonicalByRule(whole))
      }),
      { numRuns: 20_000 },
    )
  })
})
