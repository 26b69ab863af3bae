import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { DuplicateSku, UnknownCategory } from '#shop/modules/catalogue/domain/errors.js'
import { Money } from '#shop/domain/money.js'
import { changeProduct, createProduct, type ProductDetails } from '#shop/modules/catalogue/domain/product.js'
import { positionOf } from '#shop/modules/catalogue/domain/product-order.js'
import {
  type ProductFilter,
  type ProductSort,
  SORT_KEYS,
} from '#shop/modules/catalogue/domain/product-query.js'
import { searchTerms } from '#shop/modules/catalogue/domain/search-text.js'
import { memoryStorage, type TestStorage } from '../../support/storages.js'
import { type OpenCatalogue, openCatalogue } from '../open-catalogue.js'

const NOW = new Date('2025-03-04T05:06:07.089Z')
const ALL: ProductFilter = { category: null, minPrice: null, maxPrice: null, inStock: null, terms: [] }
const BY_NAME: ProductSort = { key: 'name', descending: false }

function details(fields: Partial<ProductDetails> = {}): ProductDetails {
  return {
    sku: 'REPO-1',
    name: 'Repository Test',
    description: 'A text.',
    category: 'desk',
    price: Money.of(100, 'EUR'),
    stock: 3,
    ...fields,
  }
}

/** The contract of the repositories: every implementation passes it. */
export function describeRepositories(
  name: string,
  createStorage: () => TestStorage,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    let tested: TestStorage
    let storage: OpenCatalogue
    /** The slow and obvious one, with the same goods; tests that add to it take away again. */
    let oracle: OpenCatalogue

    before(async () => {
      tested = createStorage()
      storage = await openCatalogue(tested.choice, true)
      oracle = await openCatalogue(memoryStorage().choice, true)
    })

    after(async () => {
      await storage?.close()
      await tested?.remove()
    })

    it('gives a product back as it was added, with a number of its own', async () => {
      const added = await storage.products.add(createProduct(details(), NOW))
      const { id, ...rest } = added
      assert.deepEqual(rest, {
        ...details(),
        category: { slug: 'desk', name: 'Desk' },
        version: 1,
        createdAt: NOW,
        updatedAt: NOW,
      })
      assert.deepEqual(await storage.products.find(id), added)
      assert.equal(await storage.products.remove(id, 1), true)
      assert.equal(await storage.products.find(id), null)
      const next = await storage.products.add(createProduct(details(), NOW))
      assert.ok(next.id > id, 'a number is not used again')
      await storage.products.remove(next.id, 1)
    })

    it('saves and removes only the version that is expected', async () => {
      const added = await storage.products.add(createProduct(details(), NOW))
      const later = new Date(NOW.getTime() + 1000)
      const changed = changeProduct(added, { stock: 0, category: 'bath' }, later)
      assert.equal(await storage.products.save(added.id, changed, 2), null)
      const saved = await storage.products.save(added.id, changed, 1)
      assert.deepEqual(saved, {
        ...added,
        stock: 0,
        category: { slug: 'bath', name: 'Bath & care' },
        version: 2,
        updatedAt: later,
      })
      assert.equal(await storage.products.save(added.id, changed, 1), null)
      assert.equal(await storage.products.remove(added.id, 1), false)
      assert.deepEqual(await storage.products.find(added.id), saved)
      assert.equal(await storage.products.remove(added.id, 2), true)
      assert.equal(await storage.products.save(added.id, changed, 2), null)
    })

    it('refuses a SKU that is taken and a category that is not known, and stores nothing', async () => {
      const count = async () => (await storage.products.page(ALL, BY_NAME, 0, 1)).total
      const before = await count()
      const taken = createProduct(details({ sku: 'TEA-0101' }), NOW)
      await assert.rejects(storage.products.add(taken), DuplicateSku)
      const lost = createProduct(details({ category: 'hats' }), NOW)
      await assert.rejects(storage.products.add(lost), (error) => {
        assert.ok(error instanceof UnknownCategory)
        assert.deepEqual(error.known, error.known.toSorted())
        return error.known.includes('bath')
      })
      assert.equal(await count(), before)
      const added = await storage.products.add(createProduct(details(), NOW))
      await assert.rejects(
        storage.products.save(added.id, changeProduct(added, { sku: 'TEA-0101' }, NOW), 1),
        DuplicateSku,
      )
      await assert.rejects(
        storage.products.save(added.id, changeProduct(added, { category: 'hats' }, NOW), 1),
        UnknownCategory,
      )
      assert.deepEqual(await storage.products.find(added.id), added)
      await storage.products.remove(added.id, 1)
    })

    it('gives the same as the in-memory one for whatever is asked', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyFilter,
          anySort,
          fc.nat(600),
          fc.integer({ min: 1, max: 60 }),
          async (filter, sort, offset, limit) => {
            const expected = await oracle.products.page(filter, sort, offset, limit)
            assert.deepEqual(await storage.products.page(filter, sort, offset, limit), expected)
            // From each product of the page on, by its position.
            const middle = expected.items[Math.floor(expected.items.length / 2)]
            const position = middle === undefined ? null : positionOf(middle, sort)
            assert.deepEqual(
              await storage.products.after(filter, sort, position, limit),
              await oracle.products.after(filter, sort, position, limit),
            )
          },
        ),
        { numRuns: 60 },
      )
    })

    it('has the categories but no products when no sample data is wanted', async () => {
      const empty = createStorage()
      const opened = await openCatalogue(empty.choice, false)
      const listed = await opened.categories.list()
      assert.ok(listed.length >= 10 && listed.every(({ products }) => products === 0))
      assert.equal((await opened.products.page(ALL, BY_NAME, 0, 1)).total, 0)
      await opened.close()
      await empty.remove()
    })

    it('orders names by what people read, whatever the alphabet', async () => {
      const names = [
        'Zebra',
        'apple',
        'Äpfel',
        'ÉCLAIR',
        'eclair b',
        '10 things',
        '_x',
        '茶',
        'ｗide',
        '🍵 tea',
        '\ufffd',
        'ß',
      ]
      const filter = { ...ALL, terms: ['order-'] }
      const ordered: string[][] = []
      for (const { products } of [storage, oracle]) {
        for (const [index, text] of names.entries()) {
          await products.add(createProduct(details({ sku: `ORDER-${index}`, name: `${text} Order` }), NOW))
        }
        const found = await products.after(filter, BY_NAME, null, 50)
        ordered.push(found.map(({ name }) => name))
        for (const { id } of found) await products.remove(id, 1)
      }
      const [given, expected] = ordered
      assert.equal(expected?.length, names.length)
      assert.deepEqual(given, expected)
    })

    it('lists all categories, and adds those that are missing', async () => {
      assert.deepEqual(await storage.categories.list(), await oracle.categories.list())
      await storage.categories.addMissing([
        { slug: 'hats', name: 'Hats' },
        { slug: 'bath', name: 'Another name' },
      ])
      const listed = await storage.categories.list()
      assert.deepEqual(
        listed.find(({ slug }) => slug === 'hats'),
        { slug: 'hats', name: 'Hats', products: 0 },
      )
      assert.equal(listed.find(({ slug }) => slug === 'bath')?.name, 'Bath & care')
    })
  })
}

const anySort = fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() })

const anyFilter: fc.Arbitrary<ProductFilter> = fc.record({
  category: fc.constantFrom(null, null, 'bath', 'garden', 'hats'),
  minPrice: fc.option(fc.integer({ min: 0, max: 9000 })),
  maxPrice: fc.option(fc.integer({ min: 1000, max: 90_000 })),
  inStock: fc.constantFrom(null, true, false),
  terms: fc
    .oneof(
      fc.constantFrom('', 'set of', 'indigo', 'a', 'LINEN white', 'i%o', 'b_ck', '\\', "'", '0.', '× 90'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    )
    .map((text) => searchTerms(text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ''))),
})
