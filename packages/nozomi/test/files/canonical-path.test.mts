import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { isAliasName } from '#dist/files/alias-names.js'
import { hasRawOctet, isCanonicalPath, isPlainPath } from '#dist/files/canonical-path.js'
import { decodeName, resolveName } from '#dist/files/path-safety.js'

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

describe('isPlainPath()', () => {
  it('is true only where a path means what it says', () => {
    const unit = fc.constantFrom(
      '/',
      'a',
      'Z',
      '9',
      '.',
      '..',
      '-',
      '_',
      '~',
      '%',
      '%61',
      '%2f',
      '\\',
      '\0',
      'é',
      '?',
      ' ',
      ':',
    )
    let plain = 0
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
        const path = units.length > 0 ? `/${units.join('')}` : ''
        if (!isPlainPath(path)) return
        plain++
        assert.ok(isCanonicalPath(path) && !hasRawOctet(path), path)
        assert.equal(decodeName(path), path)
        for (const dotfiles of ['allow', 'deny', 'ignore'] as const) {
          for (const root of ['/', '/srv/www']) {
            assert.equal(resolveName(path, root, dotfiles), root.replace(/\/$/, '') + path)
          }
        }
      }),
      { numRuns: 20_000 },
    )
    assert.ok(plain > 1000, `${plain} plain paths`)
  })

  it('knows most paths of the world', () => {
    for (const path of ['/', '/a', '/a/', '/assets/app.3f9c-x_y~z.min.js', '/A/B9/c..d']) {
      assert.equal(isPlainPath(path), true, path)
    }
    for (const path of [
      '',
      'a',
      '//',
      '/a//b',
      '/.a',
      '/a/.',
      '/a/../b',
      '/a b',
      '/a%20b',
      '/\u00e9',
      '/a\n',
      '/a:b',
      '/a\\b',
    ]) {
      assert.equal(isPlainPath(path), false, path)
    }
  })
})
