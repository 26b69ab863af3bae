import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../../support/serve.mjs'

function redirecting(options?: nozomi.RedirectToHttpsOptions) {
  const app = nozomi()
  app.set('env', 'test')
  app.use(nozomi.redirectToHttps(options))
  app.all('/{*path}', (_req, res) => void res.send('secure'))
  return app
}

const at = (url: string, more: object = {}) => ({ url: `http://a.example${url}`, ...more })

describe('redirectToHttps()', () => {
  it('sends what came plain to the same path and query over HTTPS', async () => {
    const answer = await redirecting().inject(at('/a%20b?c=d&e=%C3%A4'))
    assert.deepEqual([answer.status, answer.get('location')], [308, 'https://a.example/a%20b?c=d&e=%C3%A4'])
  })

  it('lets pass what came over HTTPS', async () => {
    const answer = await redirecting().inject('https://a.example/')
    assert.deepEqual([answer.status, answer.text()], [200, 'secure'])
  })

  it('leaves the port away, or names that of HTTPS', async () => {
    const plain = await redirecting().inject('http://a.example:8080/')
    assert.equal(plain.get('location'), 'https://a.example/')
    const other = await redirecting({ port: 8443 }).inject('http://a.example:8080/')
    assert.equal(other.get('location'), 'https://a.example:8443/')
    const ipv6 = await redirecting({ port: 8443 }).inject('http://[::1]:8080/')
    assert.equal(ipv6.get('location'), 'https://[::1]:8443/')
  })

  it('keeps the whole path where it is mounted', async () => {
    const app = nozomi()
    app.use('/shop', nozomi.redirectToHttps())
    assert.equal((await app.inject(at('/shop/cart?x'))).get('location'), 'https://a.example/shop/cart?x')
  })

  it('believes a proxy that is trusted, and no other', async () => {
    const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'b.example' }
    const untrusted = await redirecting().inject(at('/', { headers }))
    assert.equal(untrusted.get('location'), 'https://a.example/')
    const app = redirecting()
    app.set('trust proxy', true)
    for (const proto of ['https', 'HTTPS', 'https, http']) {
      const told = { ...headers, 'X-Forwarded-Proto': proto }
      assert.equal((await app.inject(at('/', { headers: told }))).text(), 'secure', proto)
    }
    const plain = await app.inject(at('/', { headers: { ...headers, 'X-Forwarded-Proto': 'http' } }))
    assert.equal(plain.get('location'), 'https://b.example/')
  })

  it('sends nobody to a host that is not among those it was told', async () => {
    const one = redirecting({ host: 'www.a.example' })
    for (const host of ['www.a.example', 'a.example', 'evil.example', 'evil.example:80', 'a@b']) {
      assert.equal(
        (await one.inject({ url: '/x', headers: { host } })).get('location'),
        'https://www.a.example/x',
      )
    }
    const many = redirecting({ host: ['a.example', 'b.example'] })
    for (const [host, target] of [
      ['B.example:80', 'b.example'],
      ['a.example', 'a.example'],
      ['evil.example', 'a.example'],
    ] as const) {
      assert.equal(
        (await many.inject({ url: '/x', headers: { host } })).get('location'),
        `https://${target}/x`,
      )
    }
  })

  it('answers 400 to a host that is none, where it was told no other', async () => {
    for (const host of ['a@b', 'evil.example:x@a.example', 'a.example/x', '']) {
      const answer = await redirecting().inject({ url: '/', headers: { host } })
      assert.deepEqual([answer.status, answer.get('location')], [400, undefined], host)
      const unchecked = redirecting()
      unchecked.set('validate host', false)
      const other = await unchecked.inject({ url: '/', headers: { host } })
      assert.deepEqual([other.status, other.get('location')], [400, undefined], `${host}, unchecked`)
    }
  })

  it('keeps the method: 301 and 302 are for GET and HEAD only', async () => {
    for (const [status, unsafe] of [
      [301, 308],
      [302, 307],
      [307, 307],
      [308, 308],
    ] as const) {
      const app = redirecting({ status })
      for (const method of ['GET', 'HEAD']) {
        assert.equal((await app.inject(at('/', { method }))).status, status)
      }
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        assert.equal((await app.inject(at('/', { method }))).status, unsafe)
      }
    }
  })

  it('takes nothing but the path from a target that is a whole URL, or begins with two slashes', async (t) => {
    const { raw } = await listen(t, redirecting())
    for (const [target, location] of [
      ['http://evil.example/x?y', 'https://a.example/x?y'],
      ['http://evil.example', 'https://a.example/'],
      ['//evil.example/x', 'https://a.example//evil.example/x'],
      ['/\\evil.example', 'https://a.example/%5Cevil.example'],
    ]) {
      const answer = await raw(`GET ${target} HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n`)
      const [, found] = /\r\nLocation: ([^\r]*)/.exec(answer) ?? []
      assert.equal(found?.replace('/\\', '/%5C'), location, target)
    }
  })

  it('refuses options that are none, when it is made', () => {
    const wrong = [
      { host: 'a.example:80' },
      { host: 'https://a.example' },
      { host: '' },
      { host: [] },
      { port: 0 },
      { port: 70_000 },
      { port: '443' as never },
      { status: 303 as never },
    ]
    for (const options of wrong) {
      assert.throws(
        () => nozomi.redirectToHttps(options),
        { code: 'NOZOMI_REDIRECT_OPTION' },
        JSON.stringify(options),
      )
    }
  })

  it('is named, as other middleware is', () => {
    assert.equal(nozomi.redirectToHttps().name, 'redirectToHttps')
  })
})
