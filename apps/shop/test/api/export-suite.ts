import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem } from '../catalogue/products.js'
import type { TestShop } from '../support/test-shop.js'

export function describeExports(shop: () => TestShop): void {
  const ask: TestShop['ask'] = (path, options) => shop().ask(path, options)

  describe('an export', () => {
    it('has every product once, in the order that was asked for', async () => {
      const total = (await ask('/api/v1/products?limit=1')).json.page.items as number
      assert.ok(total > 500, 'more than one batch')
      const { status, headers, text } = await ask('/api/v1/exports/products?format=ndjson&sort=-price')
      assert.equal(status, 200)
      assert.match(headers.get('content-type') ?? '', /^application\/x-ndjson/)
      assert.equal(headers.get('content-disposition'), 'attachment; filename=products.ndjson')
      const rows = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      assert.equal(new Set(rows.map(({ id }) => id)).size, total)
      assert.equal(rows.length, total)
      const prices = rows.map(({ price }) => price.amount)
      assert.deepEqual(
        prices,
        prices.toSorted((left, right) => right - left),
      )
    })

    it('is CSV for whoever does not care, in the columns of its version', async () => {
      const [first, second] = [await ask('/api/v1/exports/products'), await ask('/api/v2/exports/products')]
      assert.equal(first.headers.get('content-disposition'), 'attachment; filename=products.csv')
      assert.match(first.text, /^id,sku,.*price\.amount,.*stock/)
      assert.match(second.text, /^id,sku,.*availability\.pieces/)
      assert.ok(first.headers.get('deprecation'))
      const accepted = await ask('/api/v1/exports/products', { headers: { Accept: 'application/x-ndjson' } })
      assert.match(accepted.headers.get('content-type') ?? '', /ndjson/)
    })

    it('has what the filters let through', async () => {
      const query = 'category=kitchen&inStock=true'
      const total = (await ask(`/api/v1/products?${query}&limit=1`)).json.page.items
      const { text } = await ask(`/api/v1/exports/products?${query}&format=ndjson`)
      assert.equal(text.trimEnd().split('\n').length, total)
      const none = await ask('/api/v1/exports/products?q=xyzzyplugh&format=ndjson')
      assert.deepEqual([none.status, none.text], [200, ''])
    })

    it('answers HEAD with the fields alone, and refuses what is not right by field', async () => {
      const head = await ask('/api/v1/exports/products', { method: 'HEAD' })
      assert.deepEqual([head.status, head.text], [200, ''])
      assert.match(head.headers.get('content-disposition') ?? '', /products\.csv/)
      for (const [query, field, expected] of [
        ['format=xlsx', 'format', /one of csv, ndjson/],
        ['sort=colour', 'sort', /one of name/],
        ['limit=3', 'limit', /only q, /],
        ['minPrice=9&maxPrice=1', 'minPrice', /at most 1/],
        ['category=hats', 'category', /one of /],
      ] as const) {
        assertFieldRefused(await ask(`/api/v1/exports/products?${query}`), 'query', field, /./, expected)
      }
      const picture = await ask('/api/v1/exports/products', { headers: { Accept: 'image/png' } })
      assertProblem(picture, 406, 'not-acceptable')
      assertProblem(await ask('/api/v1/exports/products', { method: 'POST' }), 405, 'method-not-allowed')
    })
  })
}
