import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { asStaff, assertProblem, createProduct, productBody, removeProduct } from '../catalogue/products.js'
import type { TestShop } from '../support/test-shop.js'

export function describeNotations(shop: () => TestShop): void {
  const read = (path: string, accept: string, headers: Record<string, string> = {}) =>
    shop().ask(path, { headers: { Accept: accept, ...headers } })
  const typeOf = ({ headers }: { headers: Headers }) => headers.get('content-type') ?? ''

  describe('a resource', () => {
    it('is JSON for whoever does not care, and for browsers', async () => {
      for (const accept of [
        '*/*',
        'application/*',
        'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
        'application/json',
      ]) {
        assert.match(typeOf(await read('/api/v1/products/1', accept)), /^application\/json/, accept)
      }
      assert.match(typeOf(await shop().ask('/api/v1/products/1')), /^application\/json/)
    })

    it('is what is preferred most', async () => {
      const accept = 'application/json;q=0.5, application/xml;q=0.9, text/csv;q=0.1'
      assert.match(typeOf(await read('/api/v1/products', accept)), /^application\/xml/)
      assert.match(typeOf(await read('/api/v1/products', 'text/csv, */*;q=0.1')), /^text\/csv/)
    })

    it('is refused with 406 and a list of what there is', async () => {
      const answer = await read('/api/v1/products/1', 'image/png, text/csv')
      assertProblem(answer, 406, 'not-acceptable')
      const [{ in: where, path, message }] = answer.json.issues
      assert.deepEqual([where, path], ['headers', ['accept']])
      assert.match(message, /application\/json.*application\/hal\+json.*application\/xml/)
      assert.ok(!message.split('; expected')[1].includes('text/csv'), 'one product is no table')
      assertProblem(await read('/api/v1/categories', 'application/json;q=0'), 406, 'not-acceptable')
      assert.match(answer.headers.get('vary') ?? '', /Accept/)
    })

    it('that would be answered in no notation is not changed', async () => {
      const before = (await shop().ask('/api/v1/products?limit=1')).json.page.items
      const answer = await shop().ask('/api/v1/products', {
        method: 'POST',
        headers: { Accept: 'image/png', ...asStaff },
        json: productBody(),
      })
      assertProblem(answer, 406, 'not-acceptable')
      assert.equal((await shop().ask('/api/v1/products?limit=1')).json.page.items, before)
    })

    it('has a strong entity tag of its own in each notation', async () => {
      const tags = new Set<string>()
      for (const accept of ['application/json', 'application/hal+json', 'application/xml']) {
        for (const version of ['v1', 'v2']) {
          const { headers } = await read(`/api/${version}/products/1`, accept)
          const tag = headers.get('etag') ?? ''
          assert.match(tag, /^"/)
          tags.add(tag)
          const same = await read(`/api/${version}/products/1`, accept, { 'If-None-Match': tag })
          assert.deepEqual([same.status, same.text], [304, ''])
        }
      }
      assert.equal(tags.size, 6)
      const json = await read('/api/v1/products/1', 'application/json')
      const xml = await read('/api/v1/products/1', 'application/xml', {
        'If-None-Match': json.headers.get('etag') ?? '',
      })
      assert.equal(xml.status, 200)
    })
  })

  describe('XML', () => {
    const parse = (text: string) => {
      assert.equal(XMLValidator.validate(text), true, text)
      return new XMLParser({ parseTagValue: false, htmlEntities: true }).parse(text)
    }

    it('has the fields of JSON as elements', async () => {
      const { json } = await read('/api/v1/products?limit=2', 'application/json')
      const { products } = parse((await read('/api/v1/products?limit=2', 'application/xml')).text)
      assert.equal(products.items.product.length, 2)
      assert.equal(products.items.product[0].price.amount, String(json.items[0].price.amount))
      assert.equal(products.page.items, String(json.page.items))
      const { product } = parse((await read('/api/v2/products/1', 'application/xml')).text)
      assert.match(product.price.amount, /^\d+\.\d\d$/)
    })

    it('escapes what people entered', async () => {
      const name = `</name><evil a="1">&lt; ]]> '"&amp;`
      const { json } = await createProduct(shop(), { name, description: '￾ <!-- x -->' })
      const { text } = await read(`/api/v1/products/${json.id}`, 'application/xml')
      assert.ok(!/<evil|<!--|￾/.test(text), text)
      assert.equal(parse(text).product.name, name)
      await removeProduct(shop(), json.id)
    })

    it('of a list without items is one', async () => {
      const { text } = await read('/api/v1/products?q=xyzzyplugh', 'application/xml')
      assert.equal(parse(text).products.page.items, '0')
    })
  })

  describe('CSV', () => {
    it('is a head and a line for each item', async () => {
      const answer = await read('/api/v1/products?limit=3&sort=price', 'text/csv')
      assert.match(typeOf(answer), /^text\/csv; charset=utf-8; header=present/)
      const [head, ...lines] = answer.text.trimEnd().split('\r\n')
      assert.equal(
        head,
        'id,sku,name,description,category.slug,price.amount,price.currency,stock,version,createdAt,updatedAt',
      )
      assert.equal(lines.length, 3)
      const categories = await read('/api/v1/categories', 'text/csv')
      assert.match(categories.text, /^slug,name,products\r\n/)
      const nothing = await read('/api/v2/products?q=xyzzyplugh', 'text/csv')
      assert.match(nothing.text, /^id,sku,.*availability\.pieces.*\r\n$/)
    })

    it('holds no formula that a spreadsheet would run', async () => {
      const names = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1', 'a "quoted", one']
      const ids: number[] = []
      for (const name of names) {
        const made = await createProduct(shop(), { name, description: '=HYPERLINK("http://x")\nline, two' })
        ids.push(made.json.id)
      }
      const { text } = await read('/api/v1/products?sort=-created&limit=6', 'text/csv')
      for (const cell of ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'＝1"])
        assert.ok(text.includes(`,${cell},`), cell)
      assert.ok(text.includes(',"a ""quoted"", one",'), text)
      assert.ok(text.includes(`"'=HYPERLINK(""http://x"")\nline, two"`), text)
      for (const id of ids) await removeProduct(shop(), id)
    })
  })

  describe('HAL', () => {
    it('has links, and the items of a list as resources of their own', async () => {
      const answer = await read('/api/v2/products?limit=2&page=2', 'application/hal+json')
      assert.match(typeOf(answer), /^application\/hal\+json/)
      const { _links: links, _embedded: embedded, page, items } = answer.json
      assert.equal(items, undefined)
      assert.equal(page.number, 2)
      assert.equal(links.self.href, '/api/v2/products?limit=2&page=2')
      assert.equal(embedded.items.length, 2)
      for (const { _links: own } of embedded.items) {
        for (const relation of ['self', 'images', 'category']) {
          const { status } = await shop().ask(own[relation].href)
          assert.equal(status, 200, own[relation].href)
        }
      }
      for (const relation of ['next', 'prev', 'first', 'last'])
        assert.equal((await shop().ask(links[relation].href)).status, 200)
      const categories = await read('/api/v1/categories', 'application/hal+json')
      const [category] = categories.json._embedded.items
      const listed = await shop().ask(category._links.products.href)
      assert.equal(listed.json.page.items, category.products)
    })
  })
}
