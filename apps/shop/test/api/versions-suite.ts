import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  asStaff,
  assertFieldRefused,
  assertProblem,
  createProduct,
  removeProduct,
  fieldsOf,
} from '../catalogue/products.js'
import type { TestShop } from '../support/test-shop.js'

const V2 = 'application/vnd.shop.v2+json'

export function describeVersions(shop: () => TestShop): void {
  const ask: TestShop['ask'] = (path, options) => shop().ask(path, options)
  const isV2 = (json: { price: { amount: unknown } }) => typeof json.price.amount === 'string'

  describe('a version of the API', () => {
    it('is chosen by the path', async () => {
      const [first, second] = [await ask('/api/v1/products/1'), await ask('/api/v2/products/1')]
      assert.deepEqual([first.headers.get('api-version'), second.headers.get('api-version')], ['1', '2'])
      const { amount, currency } = first.json.price
      assert.deepEqual(second.json.price, {
        amount: (amount / 100).toFixed(2),
        currency,
        formatted: new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(amount / 100),
      })
      const pieces = first.json.stock
      assert.deepEqual(second.json.availability, { inStock: pieces > 0, pieces })
      assert.equal(second.json.stock, undefined)
    })

    it('is chosen by API-Version, or by a media type in Accept, where the path has none', async () => {
      assert.ok(!isV2((await ask('/api/products/1')).json))
      for (const field of ['2', 'v2']) {
        const answer = await ask('/api/products/1', { headers: { 'API-Version': field } })
        assert.ok(isV2(answer.json), field)
        assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
      }
      const accepted = await ask('/api/products/1', { headers: { Accept: V2 } })
      assert.ok(isV2(accepted.json))
      assert.match(accepted.headers.get('content-type') ?? '', /^application\/vnd\.shop\.v2\+json/)
      const accept = 'application/vnd.shop.v1+json;q=0.5, application/vnd.shop.v2+json'
      assert.ok(isV2((await ask('/api/products/1', { headers: { Accept: accept } })).json))
    })

    it('tells caches what it was chosen by', async () => {
      const fields = await ask('/api/products/1')
      assert.deepEqual(versionNamesIn(fields.headers.get('vary')), ['accept', 'api-version'])
      const path = await ask('/api/v2/products/1')
      assert.deepEqual(versionNamesIn(path.headers.get('vary')), ['accept'])
    })

    it('agrees with all that name it; a contradiction is refused by field', async () => {
      const agreeing = { 'API-Version': '2', Accept: `${V2}, application/vnd.shop.v1+json` }
      assert.ok(isV2((await ask('/api/v2/products/1', { headers: agreeing })).json))
      assert.ok(isV2((await ask('/api/products/1', { headers: agreeing })).json))
      const path = await ask('/api/v1/products/1', { headers: { 'API-Version': '2' } })
      assertFieldRefused(path, 'headers', 'api-version', /asks for v2, while the path says v1/, /^$/)
      const accept = await ask('/api/v1/products/1', { headers: { Accept: V2 } })
      assertFieldRefused(accept, 'headers', 'accept', /asks for v2, while the path says v1/, /^$/)
      const both = await ask('/api/products/1', { headers: { 'API-Version': '1', Accept: V2 } })
      assertFieldRefused(both, 'headers', 'accept', /asks for v2, while API-Version says v1/, /^$/)
      const all = await ask('/api/v1/products/1', { headers: { 'API-Version': '2', Accept: V2 } })
      assert.deepEqual(fieldsOf(all), ['api-version', 'accept'])
    })

    it('that there is not is refused, with those that there are', async () => {
      for (const field of ['3', 'v3', '', 'two', '2.0', '2, 1']) {
        const answer = await ask('/api/products/1', { headers: { 'API-Version': field } })
        if (field === '') assert.equal(answer.status, 400)
        else assertFieldRefused(answer, 'headers', 'api-version', /^is ".*, and none of v1, v2$/, /^$/)
      }
      const accept = await ask('/api/products/1', { headers: { Accept: 'application/vnd.shop.v9+json' } })
      assertProblem(accept, 406, 'not-acceptable')
      assert.match(accept.json.detail, /vnd\.shop\.v1\+json.*vnd\.shop\.v2\+json/)
      assertProblem(await ask('/api/v9/products/1'), 404, 'unknown-route')
    })

    it('that goes says since when, until when, and what comes after it', async () => {
      const { headers } = await ask('/api/v1/products?sort=price&limit=1')
      assert.equal(headers.get('deprecation'), `@${Date.UTC(2026, 0, 1) / 1000}`)
      assert.equal(headers.get('sunset'), 'Sat, 01 Jan 2028 00:00:00 GMT')
      const link = headers.get('link') ?? ''
      assert.match(link, /<\/api\/v2\/products\?sort=price&limit=1>; rel="successor-version"/)
      assert.match(link, /rel="next"/)
      const successor = await ask('/api/v2/products?sort=price&limit=1')
      assert.equal(successor.status, 200)
      for (const name of ['deprecation', 'sunset']) assert.equal(successor.headers.get(name), null)
      const chosen = await ask('/api/products/1')
      assert.match(chosen.headers.get('link') ?? '', /<\/api\/v2\/products\/1>; rel="successor-version"/)
    })

    it('says so on answers without success too, and only where the shape changed', async () => {
      const missing = await ask('/api/v1/products/999999')
      assert.equal(missing.status, 404)
      assert.ok(missing.headers.get('deprecation'))
      for (const path of ['/api/v1/categories', '/api/v1/products/1/images']) {
        const { status, headers } = await ask(path)
        assert.deepEqual([status, headers.get('deprecation'), headers.get('link')], [200, null, null], path)
      }
    })

    it('can not be made to link elsewhere', async () => {
      const { headers } = await ask('/api/v1/products?x=%3E;rel=evil,%3C/y%3E&a=>;<')
      const link = headers.get('link') ?? ''
      assert.equal(link.match(/</g)?.length, 1, link)
      assert.equal(link.match(/>/g)?.length, 1, link)
    })
  })

  describe('version 2 of a product', () => {
    const created = async () => {
      const { json } = await createProduct(shop())
      return json.id as number
    }
    const body = (fields: object = {}) => ({
      sku: `V2-${process.pid}-${Math.random().toString(36).slice(2, 8).toUpperCase()}`,
      name: 'Version Two',
      category: 'kitchen',
      price: { amount: '12.90', currency: 'EUR' },
      availability: { pieces: 3 },
      ...fields,
    })

    it('is created, changed and replaced in its own shape', async () => {
      const answer = await ask('/api/v2/products', { method: 'POST', headers: asStaff, json: body() })
      assert.equal(answer.status, 201, answer.text)
      const path = answer.headers.get('location') ?? ''
      assert.match(path, /^\/api\/v2\/products\/\d+$/)
      assert.equal(answer.headers.get('etag'), '"2-1"')
      const change = await ask(path, {
        method: 'PATCH',
        headers: { ...asStaff, 'If-Match': '"2-1"' },
        json: { price: { amount: '0.5', currency: 'EUR' }, availability: { pieces: 0 } },
      })
      assert.deepEqual([change.status, change.json.price.amount], [200, '0.50'], change.text)
      assert.deepEqual(change.json.availability, { inStock: false, pieces: 0 })
      const replaced = await ask(path, {
        method: 'PUT',
        headers: { ...asStaff, 'If-Match': '*' },
        json: body(),
      })
      assert.deepEqual([replaced.status, replaced.json.version], [200, 3], replaced.text)
      await removeProduct(shop(), answer.json.id)
    })

    it('names the field that is not right', async () => {
      const price = (amount: unknown) => ({ price: { amount, currency: 'EUR' } })
      for (const amount of [
        12.9,
        1290,
        '12.901',
        '12,90',
        '-1',
        '1e3',
        '',
        ' 1',
        '1000000.01',
        '.5',
        '99999999',
      ]) {
        const answer = await ask('/api/v2/products', {
          method: 'POST',
          headers: asStaff,
          json: body(price(amount)),
        })
        assertFieldRefused(answer, 'body', 'price.amount', /^is /, /decimal number as text/)
      }
      for (const [fields, field] of [
        [{ stock: 3 }, 'stock'],
        [{ availability: { pieces: -1 } }, 'availability.pieces'],
        [{ availability: 3 }, 'availability'],
        [{ availability: { pieces: 1, inStock: true } }, 'availability.inStock'],
        [{ price: { amount: '1.00', currency: 'USD' } }, 'price.currency'],
        [{ name: '' }, 'name'],
      ] as const) {
        const answer = await ask('/api/v2/products', { method: 'POST', headers: asStaff, json: body(fields) })
        assert.equal(answer.status, 400, JSON.stringify(fields))
        assert.deepEqual(fieldsOf(answer), [field])
      }
      const id = await created()
      const nothing = await ask(`/api/v2/products/${id}`, {
        method: 'PATCH',
        headers: { ...asStaff, 'If-Match': '*' },
        json: {},
      })
      assertFieldRefused(nothing, 'body', '', /has no fields/, /availability/)
      await removeProduct(shop(), id)
    })

    it('has entity tags of its own; those of version 1 do not match', async () => {
      const id = await created()
      const change = (tag: string) =>
        ask(`/api/v2/products/${id}`, {
          method: 'PATCH',
          headers: { ...asStaff, 'If-Match': tag },
          json: { name: 'Other' },
        })
      assertProblem(await change('"1-1"'), 412, 'stale-product')
      assert.equal((await change('"2-1-xml"')).status, 200)
      await removeProduct(shop(), id)
    })
  })
}

/** Of the names in `Vary`, those that are about versions and notations. */
function versionNamesIn(field: string | null): string[] {
  const names = (field ?? '').toLowerCase().split(/\s*,\s*/)
  return ['accept', 'api-version'].filter((name) => names.includes(name))
}
