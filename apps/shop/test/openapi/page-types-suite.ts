import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

const PAGE = new URL('../../page/', import.meta.url)

/** What is asked of page/page-types.mjs. */
interface PageTypes {
  formatPageTypes(document: unknown): Promise<string>
}

export function describePageTypes(framework: Framework): void {
  describe(`the types of the page's calls, on ${framework}`, () => {
    let shop: TestShop
    let made: string

    before(async () => {
      shop = await testShop({ storage: memoryStorage(), framework })
      const { formatPageTypes }: PageTypes = await import(new URL('page-types.mjs', PAGE).href)
      made = await formatPageTypes((await shop.ask('/api/openapi.json')).json)
    })

    after(() => shop?.stop())

    it('are those of the document', () => {
      const kept = readFileSync(new URL('api/paths.ts', PAGE), 'utf8')
      const lines = made.split('\n')
      const differing = kept.split('\n').findIndex((line, index) => line !== lines[index])
      assert.ok(
        kept === made,
        `page/api/paths.ts is not what the document says, from line ${differing + 1} on; make it anew by: npm run page-types -w apps/shop`,
      )
    })

    it('are those that the page can use: of the first version, as JSON, when all is well', () => {
      const found = made.match(/(?<=^(?: {4}| {8})readonly )(?:"\/\S+"|Problem)(?=: \{$)/gm)
      for (const name of ['"/graphql"', '"/v1/orders/{id}"', 'Problem'])
        assert.ok(found?.includes(name), name)
      assert.equal(/"\/v2\/|"application\/(?:hal|xml|vnd)|readonly [345]\d\d:/.exec(made)?.[0], undefined)
    })
  })
}
