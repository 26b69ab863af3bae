import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import supertest from 'supertest'
import type { TestShop } from '../../support/test-shop.js'

export function describePage(shop: () => TestShop): void {
  describe('the page', () => {
    it('is served at / as HTML that runs only the scripts and styles of the shop', async () => {
      const { status, headers, text } = await shop().ask('/')
      assert.equal(status, 200)
      assert.match(headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/i)
      assert.match(text, /^<!doctype html>/i)
      const policy = headers.get('content-security-policy') ?? ''
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
      ]) {
        assert.ok(policy.includes(rule), policy)
      }
      assert.ok(!/unsafe/.test(policy), policy)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('referrer-policy'), 'no-referrer')
      assert.equal(headers.get('x-powered-by'), null)
    })

    it('is served at // too, where a route takes it, and refuses what is no reading at both', async () => {
      const page = await shop().ask('/')
      const twice = await shop().ask('//')
      assert.deepEqual([twice.status, twice.text], [200, page.text])
      for (const path of ['/', '//']) {
        const { status, headers } = await shop().ask(path, { method: 'POST' })
        assert.deepEqual([status, headers.get('allow')], [405, 'GET, HEAD, OPTIONS'])
      }
    })

    it('has nothing that its own policy forbids', async () => {
      const { text } = await shop().ask('/')
      assert.doesNotMatch(text, /<style|\sstyle=|\son[a-z]+=|javascript:|https?:\/\//i)
      assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)/i)
    })

    it('has all that it links to, of the right type', async () => {
      const { text } = await shop().ask('/')
      const links = [...text.matchAll(/(?:href|src)="(\/[^"#]*)/g)].map(([, path]) => path ?? '')
      assert.ok(links.length > 8)
      const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }
      for (const path of new Set(links)) {
        const { status, headers } = await shop().ask(path)
        assert.equal(status, 200, path)
        const type = Object.entries(types).find(([ending]) => path.endsWith(`.${ending}`))?.[1]
        if (type !== undefined)
          assert.match(headers.get('content-type') ?? '', new RegExp(`^${type.replace('+', '\\+')}`))
      }
    })

    it('has all modules that its script imports', async () => {
      const seen = new Set<string>()
      const waiting = [await addressOfScript(shop())]
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        if (seen.has(path)) continue
        seen.add(path)
        const { status, text } = await shop().ask(path)
        assert.equal(status, 200, path)
        for (const [, name = ''] of text.matchAll(/\b(?:from|import)\s?\(?"([^"]+)"/g)) {
          assert.match(name, /^\.\//, 'browsers know no packages')
          waiting.push(new URL(name, `http://shop${path}`).pathname)
        }
      }
      assert.ok(seen.size > 1, 'the client of Socket.IO is loaded later')
    })

    it('draws only pictures and colours that there are', async () => {
      const [icons, colours] = await Promise.all([shop().ask('/icons.svg'), shop().ask('/artwork.css')])
      const artwork = readFileSync(new URL(import.meta.resolve('#shop/page/artwork.js')), 'utf8')
      const [drawings, tints] = artwork.split('const TINTS') as [string, string]
      const named = [...drawings.matchAll(/\/, '([a-z0-9]+)'\]|: \['([a-z]+)', '([a-z]+)'\]/g)]
      assert.ok(named.length > 60)
      for (const [, drawing, ofCategory, tint] of named) {
        assert.ok(icons.text.includes(`id="${drawing ?? ofCategory}"`), drawing ?? ofCategory)
        if (tint !== undefined) assert.ok(colours.text.includes(`[data-tint="${tint}"]`), tint)
      }
      for (const [, tint] of tints.matchAll(/\/, '([a-z]+)'\]/g))
        assert.ok(colours.text.includes(`[data-tint="${tint}"]`), tint)
    })

    it('is revalidated: 304 while it is the same', async () => {
      for (const path of ['/', '/style.css', '/mark.svg']) {
        const { headers } = await shop().ask(path)
        assert.equal(headers.get('cache-control'), 'no-cache')
        const same = await shop().ask(path, { headers: { 'If-None-Match': headers.get('etag') ?? '' } })
        assert.deepEqual([same.status, same.text], [304, ''], path)
      }
    })

    it('says how it is made, as long as it is not', async () => {
      const { createApplication } = await import('#shop/http/framework.js')
      const { createPageRoutes } = await import('#shop/http/pages/page-routes.js')
      const nowhere = fileURLToPath(new URL('nowhere', import.meta.url))
      const app = createApplication().use(createPageRoutes(nowhere))
      for (const path of ['/', '/cart', '/admin/orders']) {
        const { status, headers, text } = await supertest(app).get(path)
        assert.deepEqual([status, headers['cache-control']], [503, 'no-store'], path)
        assert.match(text, /node apps\/shop\/page\/build\.mjs/)
      }
      await supertest(app).get('/assets/main.js').expect(404)
    })

    it('tells a lost visitor so in HTML, and a program in JSON', async () => {
      for (const path of [
        '/nope',
        '/assets',
        '/assets/',
        '/assets/nope.js',
        '/assets/%2e%2e/main.js',
        '/..%2fpackage.json',
      ]) {
        const html = await shop().ask(path, {
          headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
        })
        assert.equal(html.status, 404, path)
        assert.match(html.headers.get('content-type') ?? '', /^text\/html/)
        assert.match(html.text, /no page at this address/)
        const json = await shop().ask(path, { headers: { Accept: '*/*' } })
        assert.deepEqual([json.status, json.json.code], [404, 'unknown-route'], path)
      }
    })
  })
}

/** Where the script is that the document names. */
async function addressOfScript(shop: TestShop): Promise<string> {
  const { text } = await shop.ask('/')
  return /src="([^"]*\/main[^"]*)"/.exec(text)?.[1] ?? ''
}
