import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertProblem, createProduct, fieldsOf, productBody, removeProduct } from '../products.js'
import type { Answer } from '../../support/client.js'
import type { TestShop } from '../../support/test-shop.js'

const LIST = '/api/v1/products'

export function describeWriting(shop: () => TestShop): void {
  /** Runs a test with a product of its own. */
  const withProduct = async (use: (product: Answer, path: string) => Promise<void>): Promise<void> => {
    const created = await createProduct(shop())
    await use(created, `${LIST}/${created.json.id}`)
    await shop().ask(`${LIST}/${created.json.id}`, { method: 'DELETE' })
  }

  describe('POST /api/v1/products', () => {
    it('creates a product, says where it is, and gives it', async () => {
      const body = productBody({ name: '  Spaces Around  ' })
      const created = await shop().ask(LIST, { method: 'POST', json: body })
      assert.equal(created.status, 201, created.text)
      assert.equal(created.headers.get('location'), `${LIST}/${created.json.id}`)
      const read = await shop().ask(created.headers.get('location') ?? '')
      assert.deepEqual(read.json, created.json)
      assert.equal(read.headers.get('etag'), created.headers.get('etag'))
      const { id, version, createdAt, updatedAt, category, ...rest } = created.json
      assert.ok(id > 0 && version === 1 && createdAt === updatedAt)
      assert.ok(Math.abs(Date.now() - Date.parse(createdAt)) < 60_000)
      assert.deepEqual(category, { slug: 'kitchen', name: 'Kitchen' })
      const { category: _category, ...sent } = body
      assert.deepEqual(rest, { ...sent, name: 'Spaces Around' })
      await removeProduct(shop(), id)
    })

    it('takes a product without a description, and the bounds of all numbers', async () => {
      for (const [amount, stock] of [
        [0, 0],
        [100_000_000, 1_000_000],
      ]) {
        const body = productBody({ price: { amount, currency: 'EUR' }, stock, description: undefined })
        const created = await shop().ask(LIST, { method: 'POST', json: body })
        assert.equal(created.status, 201, created.text)
        assert.deepEqual(
          [created.json.description, created.json.price.amount, created.json.stock],
          ['', amount, stock],
        )
        await removeProduct(shop(), created.json.id)
      }
    })

    it('refuses a SKU that another product has, with 409, and stores nothing', async () => {
      const before = (await shop().ask(`${LIST}?limit=1`)).json.page.items
      const answer = await shop().ask(LIST, { method: 'POST', json: productBody({ sku: 'TEA-0101' }) })
      assertProblem(answer, 409, 'duplicate-sku')
      assert.deepEqual([answer.json.issues[0].in, ...fieldsOf(answer)], ['body', 'sku'])
      assert.match(answer.json.issues[0].message, /TEA-0101/)
      assert.equal((await shop().ask(`${LIST}?limit=1`)).json.page.items, before)
    })

    it('gives one of two simultaneous creations of a SKU the product and the other a 409', async () => {
      const json = productBody()
      const answers = await Promise.all([1, 2].map(() => shop().ask(LIST, { method: 'POST', json })))
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
      const created = answers.find(({ status }) => status === 201)
      await removeProduct(shop(), created?.json.id)
    })
  })

  describe('GET /api/v1/products/:id', () => {
    it('answers 304 to who has this version, and 200 after a change', () =>
      withProduct(async ({ headers }, path) => {
        const etag = headers.get('etag') ?? ''
        assert.match(etag, /^"[^"]+"$/, 'strong')
        const same = await shop().ask(path, { headers: { 'If-None-Match': etag } })
        assert.deepEqual([same.status, same.text], [304, ''])
        assert.equal(
          (await shop().ask(path, { headers: { 'If-None-Match': '"other", ' + etag } })).status,
          304,
        )
        await shop().ask(path, { method: 'PATCH', headers: { 'If-Match': etag }, json: { stock: 1 } })
        const changed = await shop().ask(path, { headers: { 'If-None-Match': etag } })
        assert.deepEqual([changed.status, changed.json.stock, changed.json.version], [200, 1, 2])
      }))

    it('answers HEAD as GET, without the body', () =>
      withProduct(async ({ headers, text }, path) => {
        const head = await shop().ask(path, { method: 'HEAD' })
        assert.deepEqual([head.status, head.text], [200, ''])
        assert.equal(head.headers.get('etag'), headers.get('etag'))
        assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(text)))
      }))
  })

  describe('PATCH /api/v1/products/:id', () => {
    it('changes what was sent and leaves the rest', () =>
      withProduct(async ({ json, headers }, path) => {
        const answer = await shop().ask(path, {
          method: 'PATCH',
          headers: { 'If-Match': headers.get('etag') ?? '', 'Content-Type': 'application/merge-patch+json' },
          json: { name: 'Other', category: 'bath', price: { amount: 1, currency: 'EUR' } },
        })
        assert.equal(answer.status, 200, answer.text)
        const { updatedAt, ...rest } = answer.json
        const { updatedAt: before, ...old } = json
        assert.ok(Date.parse(updatedAt) >= Date.parse(before))
        const category = { slug: 'bath', name: 'Bath & care' }
        assert.deepEqual(rest, {
          ...old,
          name: 'Other',
          category,
          price: { amount: 1, currency: 'EUR' },
          version: 2,
        })
        assert.notEqual(answer.headers.get('etag'), headers.get('etag'))
        assert.deepEqual((await shop().ask(path)).json, answer.json)
        assert.ok(
          (await shop().ask(`${LIST}?q=other&category=bath&maxPrice=1`)).json.items.length === 1,
          'is found anew',
        )
      }))

    it('refuses a change of an older version with 412 and changes nothing', () =>
      withProduct(async ({ headers }, path) => {
        const stale = headers.get('etag') ?? ''
        const first = await shop().ask(path, {
          method: 'PATCH',
          headers: { 'If-Match': stale },
          json: { stock: 1 },
        })
        assert.equal(first.status, 200)
        for (const tag of [stale, '"other"', 'W/"1-2"', '"1-99"']) {
          const answer = await shop().ask(path, {
            method: 'PATCH',
            headers: { 'If-Match': tag },
            json: { stock: 2 },
          })
          assertProblem(answer, 412, 'stale-product')
        }
        assert.equal((await shop().ask(path)).json.stock, 1)
      }))

    it('takes a list of tags, and * for whatever version there is', () =>
      withProduct(async ({ headers }, path) => {
        const tags = `"other" , ${headers.get('etag')}`
        const listed = await shop().ask(path, {
          method: 'PATCH',
          headers: { 'If-Match': tags },
          json: { stock: 1 },
        })
        assert.equal(listed.status, 200)
        const any = await shop().ask(path, {
          method: 'PATCH',
          headers: { 'If-Match': '*' },
          json: { stock: 2 },
        })
        assert.deepEqual([any.status, any.json.stock, any.json.version], [200, 2, 3])
      }))

    it('asks with 428 for If-Match when it is missing', () =>
      withProduct(async (_created, path) => {
        const answer = await shop().ask(path, { method: 'PATCH', json: { stock: 2 } })
        assertProblem(answer, 428, 'precondition-required')
        assert.deepEqual([answer.json.issues[0].in, ...fieldsOf(answer)], ['headers', 'if-match'])
      }))

    it('lets one of many simultaneous changes of a version through', () =>
      withProduct(async ({ headers }, path) => {
        const ask = { method: 'PATCH', headers: { 'If-Match': headers.get('etag') ?? '' } }
        const answers = await Promise.all(
          [1, 2, 3, 4, 5].map((stock) => shop().ask(path, { ...ask, json: { stock } })),
        )
        assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412, 412, 412, 412])
        assert.equal((await shop().ask(path)).json.version, 2)
      }))

    it('refuses a SKU that another product has, and keeps its own', () =>
      withProduct(async ({ json }, path) => {
        const ask = { method: 'PATCH', headers: { 'If-Match': '*' } }
        assertProblem(await shop().ask(path, { ...ask, json: { sku: 'TEA-0101' } }), 409, 'duplicate-sku')
        assert.equal((await shop().ask(path, { ...ask, json: { sku: json.sku } })).status, 200)
      }))
  })

  describe('PUT /api/v1/products/:id', () => {
    it('replaces all that can be entered', () =>
      withProduct(async ({ json, headers }, path) => {
        const body = productBody({ name: 'Replaced', stock: 0, description: undefined })
        const ask = { method: 'PUT', headers: { 'If-Match': headers.get('etag') ?? '' }, json: body }
        const answer = await shop().ask(path, ask)
        assert.equal(answer.status, 200, answer.text)
        assert.deepEqual(
          [
            answer.json.id,
            answer.json.name,
            answer.json.stock,
            answer.json.description,
            answer.json.createdAt,
          ],
          [json.id, 'Replaced', 0, '', json.createdAt],
        )
        assertProblem(await shop().ask(path, ask), 412, 'stale-product')
      }))

    it('asks with 428 for If-Match when it is missing', () =>
      withProduct(async (_created, path) => {
        assertProblem(
          await shop().ask(path, { method: 'PUT', json: productBody() }),
          428,
          'precondition-required',
        )
      }))
  })

  describe('DELETE /api/v1/products/:id', () => {
    it('removes the product: 204, and then 404', () =>
      withProduct(async (_created, path) => {
        const removed = await shop().ask(path, { method: 'DELETE' })
        assert.deepEqual([removed.status, removed.text], [204, ''])
        for (const method of ['GET', 'DELETE']) {
          assertProblem(await shop().ask(path, { method }), 404, 'product-not-found')
        }
      }))

    it('keeps to If-Match when it is there', () =>
      withProduct(async ({ headers }, path) => {
        const stale = await shop().ask(path, { method: 'DELETE', headers: { 'If-Match': '"1-2"' } })
        assertProblem(stale, 412, 'stale-product')
        const etag = headers.get('etag') ?? ''
        assert.equal(
          (await shop().ask(path, { method: 'DELETE', headers: { 'If-Match': etag } })).status,
          204,
        )
      }))
  })
}
