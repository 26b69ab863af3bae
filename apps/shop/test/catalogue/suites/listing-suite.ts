import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareCodePoints, nameSortKey } from '#shop/modules/catalogue/domain/search-text.js'
import { sampleCatalogue } from '#shop/modules/catalogue/seed/sample-catalogue.js'
import { createProduct, removeProduct } from '../products.js'
import type { TestShop } from '../../support/test-shop.js'

const SAMPLE = sampleCatalogue().products
const LIST = '/api/v1/products'

interface ListedProduct {
  id: number
  sku: string
  name: string
  category: { slug: string }
  price: { amount: number; currency: string }
  stock: number
  createdAt: string
}

/** All products that a query has, collected with cursors; calls back between the requests. */
export async function walk(
  shop: TestShop,
  query: string,
  between = async () => {},
): Promise<ListedProduct[]> {
  const found: ListedProduct[] = []
  let answer = await shop.ask(`${LIST}?${query}`)
  for (;;) {
    assert.equal(answer.status, 200, answer.text)
    found.push(...answer.json.items)
    if (answer.json.nextCursor === null) return found
    await between()
    answer = await shop.ask(`${LIST}?${query}&cursor=${answer.json.nextCursor}`)
  }
}

function skus(products: readonly { sku: string }[]): string[] {
  return products.map(({ sku }) => sku)
}

export function describeListing(shop: () => TestShop): void {
  describe('GET /api/v1/products', () => {
    it('gives the first 24 products by name, how many there are, and where the next ones begin', async () => {
      const { status, headers, json } = await shop().ask(LIST)
      assert.equal(status, 200)
      assert.match(headers.get('content-type') ?? '', /^application\/json/)
      assert.deepEqual(json.page, {
        number: 1,
        size: 24,
        items: SAMPLE.length,
        pages: Math.ceil(SAMPLE.length / 24),
      })
      assert.equal(json.items.length, 24)
      const names = SAMPLE.map(({ name }) => nameSortKey(name)).toSorted(compareCodePoints)
      assert.deepEqual(
        json.items.map(({ name }: ListedProduct) => nameSortKey(name)),
        names.slice(0, 24),
      )
      assert.equal(typeof json.nextCursor, 'string')
    })

    it('has at least 500 products in at least 10 categories', async () => {
      const { json } = await shop().ask('/api/v1/categories')
      assert.ok(json.items.length >= 10)
      const counts = json.items.map(({ products }: { products: number }) => products)
      assert.ok(counts.every((count: number) => count > 20))
      assert.ok(counts.reduce((sum: number, count: number) => sum + count) >= 500)
    })

    it('shows each field of a product', async () => {
      const { json } = await shop().ask(`${LIST}?q=TEA-0103`)
      const { id, createdAt, updatedAt, ...rest } = json.items[0]
      assert.ok(Number.isInteger(id))
      assert.equal(new Date(createdAt).toISOString(), createdAt)
      assert.equal(updatedAt, createdAt)
      const sample = SAMPLE.find(({ sku }) => sku === 'TEA-0103')
      assert.deepEqual(rest, {
        sku: 'TEA-0103',
        name: 'Nambu Cast-Iron Teapot, 0.6 l, plum',
        description: sample?.description,
        category: { slug: 'tea-and-coffee', name: 'Tea & coffee' },
        price: { amount: 8900, currency: 'EUR' },
        stock: sample?.stock,
        version: 1,
      })
    })

    it('keeps to a category', async () => {
      const found = await walk(shop(), 'category=garden&limit=100')
      assert.deepEqual(
        skus(found).toSorted(),
        skus(SAMPLE.filter(({ category }) => category === 'garden')).toSorted(),
      )
    })

    it('keeps to prices, both bounds included', async () => {
      const found = await walk(shop(), 'minPrice=1450&maxPrice=1490&limit=100')
      const expected = SAMPLE.filter(({ price }) => price.amount >= 1450 && price.amount <= 1490)
      assert.ok(
        expected.some(({ price }) => price.amount === 1450) &&
          expected.some(({ price }) => price.amount === 1490),
      )
      assert.deepEqual(skus(found).toSorted(), skus(expected).toSorted())
    })

    it('keeps to what is in stock, or to what is sold out', async () => {
      const [had, gone] = [
        await walk(shop(), 'inStock=true&limit=100'),
        await walk(shop(), 'inStock=false&limit=100'),
      ]
      assert.ok(had.length > 0 && gone.length > 0)
      assert.ok(had.every(({ stock }) => stock > 0) && gone.every(({ stock }) => stock === 0))
      assert.equal(had.length + gone.length, SAMPLE.length)
    })

    it('keeps to all filters at once', async () => {
      const found = await walk(shop(), 'category=lighting&inStock=true&maxPrice=5000&q=moss&limit=100')
      const expected = SAMPLE.filter(
        ({ category, stock, price, name }) =>
          category === 'lighting' && stock > 0 && price.amount <= 5000 && name.endsWith('moss'),
      )
      assert.ok(expected.length > 0)
      assert.deepEqual(skus(found).toSorted(), skus(expected).toSorted())
    })

    for (const [sort, key] of [
      ['price', ({ price }: ListedProduct) => price.amount],
      ['stock', ({ stock }: ListedProduct) => stock],
      ['created', ({ createdAt }: ListedProduct) => Date.parse(createdAt)],
    ] as const) {
      it(`sorts by ${sort}, and the other way round with a minus`, async () => {
        const rising = await walk(shop(), `sort=${sort}&limit=100`)
        const compare = (left: ListedProduct, right: ListedProduct) =>
          key(left) - key(right) || left.id - right.id
        assert.deepEqual(skus(rising), skus(rising.toSorted(compare)))
        assert.equal(rising.length, SAMPLE.length)
        const falling = await walk(shop(), `sort=-${sort}&limit=100`)
        assert.deepEqual(skus(falling), skus(rising.toReversed()))
      })
    }

    it('gives all pages together each product once', async () => {
      const pages = [1, 2, 3, 4, 5, 6].map((page) => shop().ask(`${LIST}?page=${page}&limit=100&sort=-price`))
      const items = (await Promise.all(pages)).flatMap(({ json }) => json.items)
      assert.deepEqual(skus(items), skus(await walk(shop(), 'sort=-price&limit=7')))
      assert.equal(new Set(skus(items)).size, SAMPLE.length)
    })

    it('gives an empty page beyond the last', async () => {
      const { status, json } = await shop().ask(`${LIST}?page=90&limit=100`)
      assert.equal(status, 200)
      assert.deepEqual([json.items, json.nextCursor, json.page.items], [[], null, SAMPLE.length])
    })

    it('links to the pages around, with the same filters', async () => {
      const { headers } = await shop().ask(`${LIST}?q=indigo&page=2&limit=5&sort=-price`)
      const link = headers.get('link') ?? ''
      for (const [rel, page] of [
        ['first', 1],
        ['prev', 1],
        ['next', 3],
      ]) {
        assert.ok(link.includes(`<${LIST}?q=indigo&limit=5&sort=-price&page=${page}>; rel="${rel}"`), link)
      }
      const next = /<([^>]+)>; rel="next"/.exec(link)?.[1] ?? ''
      assert.equal((await shop().ask(next)).json.page.number, 3)
    })
  })

  describe('a walk with cursors', () => {
    it('sees each product once while others are added before and behind', async () => {
      const added: number[] = []
      const add = async () => {
        for (const name of ['Aaa, first of all', 'Zzz, last of all'])
          added.push((await createProduct(shop(), { name })).json.id)
      }
      const found = await walk(shop(), 'limit=100&sort=name', add)
      assert.equal(added.length, 10)
      const ids = found.map(({ id }) => id)
      assert.equal(new Set(ids).size, ids.length)
      assert.deepEqual(
        skus(found.filter(({ id }) => !added.includes(id))).toSorted(),
        skus(SAMPLE).toSorted(),
      )
      assert.equal(found.filter(({ name }) => name.startsWith('Aaa')).length, 0)
      for (const id of added) await removeProduct(shop(), id)
    })

    it('goes on where it was when the product at which it stands is removed', async () => {
      const made = []
      for (const amount of [1, 2, 3, 4]) {
        made.push(
          (await createProduct(shop(), { name: 'Cursor Test', price: { amount, currency: 'EUR' } })).json.id,
        )
      }
      const first = await shop().ask(`${LIST}?q=cursor+test&sort=price&limit=2`)
      await removeProduct(shop(), made[1])
      const second = await shop().ask(
        `${LIST}?q=cursor+test&sort=price&limit=2&cursor=${first.json.nextCursor}`,
      )
      assert.deepEqual(
        second.json.items.map(({ id }: ListedProduct) => id),
        made.slice(2),
      )
      assert.equal(second.json.nextCursor, null)
      for (const id of [made[0], ...made.slice(2)]) await removeProduct(shop(), id)
    })

    it('goes through products of one price, each once', async () => {
      const found = await walk(shop(), 'minPrice=4900&maxPrice=4900&sort=-price&limit=1')
      assert.deepEqual(
        skus(found).toSorted(),
        skus(SAMPLE.filter(({ price }) => price.amount === 4900)).toSorted(),
      )
    })

    it('links to its next slice and counts nothing', async () => {
      const first = await shop().ask(`${LIST}?limit=3&sort=-created`)
      const { headers, json } = await shop().ask(
        `${LIST}?limit=3&sort=-created&cursor=${first.json.nextCursor}`,
      )
      assert.equal(json.page, undefined)
      const next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? ''
      assert.equal(new URL(next, 'http://localhost').searchParams.get('cursor'), json.nextCursor)
    })
  })

  describe('an ETag of a list', () => {
    it('answers 304 without a body while nothing changed, and 200 when something did', async () => {
      const path = `${LIST}?category=desk&limit=3`
      const first = await shop().ask(path)
      const etag = first.headers.get('etag') ?? ''
      assert.ok(etag.length > 0)
      assert.equal(first.headers.get('cache-control'), 'no-cache')
      const second = await shop().ask(path, { headers: { 'If-None-Match': etag } })
      assert.deepEqual([second.status, second.text, second.headers.get('etag')], [304, '', etag])
      const { json } = await createProduct(shop(), { category: 'desk', name: 'AAA Desk' })
      assert.equal((await shop().ask(path, { headers: { 'If-None-Match': etag } })).status, 200)
      await removeProduct(shop(), json.id)
    })
  })

  describe('GET /api/v1/categories', () => {
    it('gives them by name, with the number of their products', async () => {
      const { status, json } = await shop().ask('/api/v1/categories')
      assert.equal(status, 200)
      const names = json.items.map(({ name }: { name: string }) => name)
      assert.deepEqual(names, names.toSorted())
      const garden = json.items.find(({ slug }: { slug: string }) => slug === 'garden')
      const products = SAMPLE.filter(({ category }) => category === 'garden').length
      assert.deepEqual(garden, { slug: 'garden', name: 'Garden', products })
    })
  })
}
