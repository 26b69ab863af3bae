import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestShop } from '../support/test-shop.js'

const HASHED = /^\/assets\/[\w-]+-[A-Z0-9]{8}\.(?:css|js|svg)$/

export function describeAssets(shop: () => TestShop): void {
  describe('the assets of the page', () => {
    const linked = async (): Promise<string[]> => {
      const { text, headers } = await shop().ask('/')
      assert.equal(headers.get('cache-control'), 'no-cache')
      const links = [...text.matchAll(/<(?:script|link)[^>]*(?:href|src)="([^"#]*)/g)].map(
        ([, path]) => path ?? '',
      )
      assert.ok(links.length >= 6, 'the page is bundled by: node page/build.mjs')
      return links
    }

    it('have the hash of their content in their names, and are kept for ever', async () => {
      for (const path of await linked()) {
        assert.match(path, HASHED, 'the page is bundled by: node page/build.mjs')
        const { status, headers } = await shop().ask(path)
        assert.equal(status, 200, path)
        assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
        assert.equal(headers.get('x-content-type-options'), 'nosniff')
      }
    })

    it('name one another by these names too', async () => {
      const script = (await linked()).find((path) => path.includes('/main-')) ?? ''
      const { text } = await shop().ask(script)
      const drawings = /\/assets\/icons-[A-F0-9]{8}\.svg/.exec(text)?.[0] ?? ''
      assert.match((await shop().ask(drawings)).headers.get('cache-control') ?? '', /immutable/)
      assert.doesNotMatch(text, /from\s*"\.\//, 'it is one file')
    })

    it('that there are not are not kept', async () => {
      const { status, headers } = await shop().ask('/assets/main-AAAAAAAA.js')
      assert.deepEqual([status, headers.get('cache-control')], [404, 'no-store'])
    })
  })
}
