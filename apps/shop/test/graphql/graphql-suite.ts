import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StorageUnavailable } from '#shop/domain/errors.js'
import type { GraphqlCradle } from '#shop/modules/graphql/module.js'
import type { AnyModule } from '#shop/modules/module.js'
import { asStaff, assertProblem, createProduct, removeProduct } from '../catalogue/products.js'
import { file, form } from '../images/forms.js'
import { png } from '../images/pictures.js'
import type { Answer } from '../support/client.js'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

/** Counts the calls of each method of what it stands before. */
function counting<T extends object>(target: T): { readonly counted: T; readonly calls: Map<string, number> } {
  const calls = new Map<string, number>()
  const counted = new Proxy(target, {
    get: (object, name) => {
      const member = Reflect.get(object, name) as unknown
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => {
        calls.set(String(name), (calls.get(String(name)) ?? 0) + 1)
        return member.apply(object, args) as unknown
      }
    },
  })
  return { counted, calls }
}

export function describeGraph(shop: () => TestShop): void {
  const ask = (
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> => shop().ask('/api/graphql', { method: 'POST', json: { query, variables }, headers })
  const refusal = async (query: string, variables: object = {}) => {
    const { json, text } = await ask(query, variables)
    assert.equal(json.errors?.length, 1, text)
    return json.errors[0]
  }

  describe('the graph', () => {
    it('has products with filters, an order and cursors', async () => {
      const query = `query ($after: String) {
        products(filter: { q: "teapot", inStock: true }, orderBy: PRICE, descending: true, first: 3, after: $after) {
          totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name stock inStock price { amount currency } } }
        }
      }`
      const seen: string[] = []
      const prices: number[] = []
      let after: string | null = null
      let total = 0
      do {
        const { json, text }: Answer = await ask(query, { after })
        assert.equal(json.errors, undefined, text)
        const { edges, pageInfo, totalCount } = json.data.products
        for (const { node } of edges) {
          seen.push(node.id)
          prices.push(Number(node.price.amount))
          assert.ok(/teapot/i.test(node.name) && node.inStock)
        }
        total = totalCount
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      } while (after !== null)
      const listed = await shop().ask('/api/v1/products?q=teapot&inStock=true&sort=-price&limit=100')
      assert.deepEqual(
        seen,
        listed.json.items.map(({ id }: { id: number }) => String(id)),
      )
      assert.equal(total, seen.length)
      assert.deepEqual(
        prices,
        prices.toSorted((left, right) => right - left),
      )
    })

    it('has categories, a product by its id with its images, and null where there is none', async () => {
      const { json: product } = await createProduct(shop(), { name: 'Graph Kettle' })
      const { headers, body } = form({ name: 'alt', content: 'Seen from above' }, file(png(3, 4)))
      const path = `/api/v1/products/${product.id}/images`
      await shop().ask(path, { method: 'POST', headers: { ...headers, ...asStaff }, body })
      const { json } = await ask(`{
        categories { slug name productCount }
        product(id: "${product.id}") { name category { slug productCount } images { url width height alt } }
        none: product(id: "2147483647") { name }
      }`)
      const { json: rest } = await shop().ask('/api/v1/categories')
      assert.deepEqual(
        json.data.categories,
        rest.items.map(({ slug, name, products }: { slug: string; name: string; products: number }) => ({
          slug,
          name,
          productCount: products,
        })),
      )
      const [image] = json.data.product.images
      assert.deepEqual([image.width, image.height, image.alt], [3, 4, 'Seen from above'])
      assert.equal((await shop().ask(image.url)).status, 200)
      assert.equal(json.data.none, null)
      await removeProduct(shop(), product.id)
    })

    it('is asked by GET too', async () => {
      const query = new URLSearchParams({ query: '{ categories { slug } }' })
      const { status, json } = await shop().ask(`/api/graphql?${query}`)
      assert.equal(status, 200)
      assert.ok(json.data.categories.length > 5)
    })

    it('names the argument that is not right', async () => {
      for (const [query, argument] of [
        ['{ products(first: 0) { totalCount } }', 'first'],
        ['{ products(first: 101) { totalCount } }', 'first'],
        ['{ products(after: "bad") { totalCount } }', 'after'],
        ['{ products(filter: { minPrice: -1 }) { totalCount } }', 'filter.minPrice'],
        ['{ products(filter: { minPrice: 9, maxPrice: 1 }) { totalCount } }', 'filter.minPrice'],
        ['{ products(filter: { category: "hats" }) { totalCount } }', 'filter.category'],
        ['{ products(filter: { category: "A b" }) { totalCount } }', 'filter.category'],
        [`{ products(filter: { q: "${'x'.repeat(101)}" }) { totalCount } }`, 'filter.q'],
        ['{ product(id: "x") { name } }', 'id'],
      ] as const) {
        const { extensions, message } = await refusal(query)
        assert.deepEqual([extensions.code, extensions.argument], ['BAD_USER_INPUT', argument], query)
        assert.ok(message.startsWith(`${argument} is `) && message.includes('expected'), message)
      }
      assert.match((await refusal('{ products(first: "1") { totalCount } }')).message, /Int cannot represent/)
      assert.match((await refusal('{ products { colour } }')).message, /Cannot query field "colour"/)
    })

    it('refuses what is too deep, too dear or too long, before it is executed', async () => {
      const fields =
        'id sku name description stock inStock version createdAt updatedAt price { amount currency }'
      const page = (first: string) =>
        `products(first: ${first}) { edges { node { ${fields} images { id url alt } } } }`
      assert.equal((await ask(`{ ${page('100')} }`)).json.errors, undefined)
      const dear = Array.from({ length: 5 }, (_, index) => `a${index}: ${page('100')}`).join(' ')
      assert.equal((await refusal(`{ ${dear} }`)).extensions.code, 'QUERY_TOO_DEAR')
      const variable = Array.from({ length: 5 }, (_, index) => `a${index}: ${page('$n')}`).join(' ')
      assert.equal(
        (await refusal(`query ($n: Int!) { ${variable} }`, { n: 100 })).extensions.code,
        'QUERY_TOO_DEAR',
      )
      assert.equal((await ask(`query ($n: Int!) { ${variable} }`, { n: 2 })).json.errors, undefined)
      const bomb = Array.from(
        { length: 25 },
        (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`,
      )
      const doubled = `{ ...f0 } ${bomb.join(' ')} fragment f25 on Query { ${page('100')} }`
      assert.equal((await refusal(doubled)).extensions.code, 'QUERY_TOO_DEAR')
      const circle = await ask('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')
      assert.match(circle.json.errors[0].message, /Cannot spread fragment/)
      const long = await ask(`{ ${'__typename '.repeat(2100)} }`)
      assert.match(long.json.errors[0].message, /more that 2000 tokens|more than 2000 tokens/)
      // The graph itself is not so deep, which is as it should be: only who asks for what is not there gets so deep.
      const deep = `{ products ${'{ edges '.repeat(9)} { cursor } ${'}'.repeat(9)} }`
      const codes = (await ask(deep)).json.errors.map(
        ({ extensions }: { extensions?: { code?: string } }) => extensions?.code,
      )
      assert.ok(codes.includes('QUERY_TOO_DEEP'))
    })

    it('takes nothing that a form of another site could send', async () => {
      const body = JSON.stringify({ query: '{ categories { slug } }' })
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        const answer = await shop().ask('/api/graphql', {
          method: 'POST',
          headers: { 'Content-Type': type },
          body,
        })
        assertProblem(answer, 415, 'unsupported-media-type')
      }
      const get = await shop().ask(`/api/graphql?${new URLSearchParams({ query: 'mutation { x }' })}`)
      assert.ok(get.status >= 400, 'GET changes nothing')
      assertProblem(await shop().ask('/api/graphql', { method: 'DELETE' }), 405, 'method-not-allowed')
    })

    it('says what is wrong with a request that is none', async () => {
      const before = shop().log.errors.length
      const text = '{ categories { slug } }'
      const refused = (answer: Answer, field: string, problem: RegExp, expected: RegExp): void => {
        assert.equal(answer.status, 400, answer.text)
        assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
        const [error, ...others] = answer.json.errors
        assert.deepEqual([answer.json.data, others], [undefined, []], answer.text)
        const { code, issues } = error.extensions
        assert.deepEqual([code, issues.length], ['BAD_REQUEST', 1], answer.text)
        const { path, message } = issues[0]
        assert.equal(path.join('.') || 'body', field, answer.text)
        const [found, right] = message.split('; expected ')
        assert.match(found, problem)
        assert.match(right, expected)
        assert.equal(error.message, `${field} ${message}.`)
      }
      for (const [json, field, problem, expected] of [
        [{}, 'query', /^is missing$/, /query of GraphQL/],
        [{ query: 7 }, 'query', /^is 7$/, /query of GraphQL/],
        [{ query: null }, 'query', /^is null$/, /query of GraphQL/],
        [{ query: text, variables: [] }, 'variables', /^is a list$/, /an object/],
        [{ query: text, variables: 'x' }, 'variables', /^is "x"$/, /an object/],
        [{ query: text, operationName: 5 }, 'operationName', /^is 5$/, /name of an operation/],
        [{ query: text, extensions: 1 }, 'extensions', /^is 1$/, /an object/],
        [[{ query: text }], 'body', /^is a list$/, /one JSON object/],
        [null, 'body', /^is null$/, /one JSON object/],
        [1, 'body', /^is 1$/, /one JSON object/],
        ['x', 'body', /^is "x"$/, /one JSON object/],
      ] as const)
        refused(await shop().ask('/api/graphql', { method: 'POST', json }), field, problem, expected)
      const none = await shop().ask('/api/graphql', { method: 'POST' })
      refused(none, 'body', /^is missing$/, /one JSON object/)
      const query = encodeURIComponent(text)
      for (const [search, field, problem, expected] of [
        ['', 'query', /^is missing$/, /query of GraphQL/],
        [`?query=${query}&query=${query}`, 'query', /^is a list$/, /query of GraphQL/],
        [`?query=${query}&variables=[]`, 'variables', /^is a list$/, /an object/],
        [`?query=${query}&variables=%7B`, 'variables', /^is "\{"$/, /an object/],
        [`?query=${query}&extensions=1`, 'extensions', /^is 1$/, /an object/],
      ] as const)
        refused(await shop().ask(`/api/graphql${search}`), field, problem, expected)
      const unfinished = await ask('{')
      assert.match(unfinished.json.errors[0].message, /Syntax Error/)
      const broken = await shop().ask('/api/graphql', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"query":',
      })
      assertProblem(broken, 400, 'malformed-json')
      assert.equal(shop().log.errors.length, before, 'mistakes of clients are not errors of ours')
    })

    it('reads a query with a question mark from the address, and answers HEAD', async () => {
      const query = encodeURIComponent('{ products(filter: { q: "?" }) { totalCount } }').replaceAll(
        '%3F',
        '?',
      )
      const { status, json } = await shop().ask(`/api/graphql?query=${query}`)
      assert.deepEqual([status, json.errors], [200, undefined])
      const head = await shop().ask(`/api/graphql?query=${query}`, { method: 'HEAD' })
      assert.deepEqual([head.status, head.text], [200, ''])
    })

    it('answers in what is accepted, and refuses what it can not write', async () => {
      const query = '{ categories { slug } }'
      for (const [accept, type] of [
        ['*/*', 'application/json'],
        ['application/json; charset=utf-8', 'application/json'],
        ['application/graphql-response+json', 'application/graphql-response+json'],
        ['application/json;q=0.1, application/graphql-response+json', 'application/graphql-response+json'],
      ] as const) {
        const answer = await ask(query, {}, { Accept: accept })
        assert.equal(answer.status, 200, accept)
        assert.ok(answer.headers.get('content-type')?.startsWith(type), accept)
        assert.match(answer.headers.get('vary') ?? '', /Accept/)
      }
      for (const accept of ['application/pdf', 'text/html', '*/*;q=0']) {
        const answer = await ask(query, {}, { Accept: accept })
        assertProblem(answer, 406, 'not-acceptable')
        assert.match(answer.json.detail, /application\/graphql-response\+json/)
      }
    })
  })
}

/** What is not of the storage: batching, masking, introspection. */
export function describeGraphInside(framework: Framework): void {
  describe(`the graph on ${framework}`, () => {
    const query = (shop: TestShop, text: string) =>
      shop.ask('/api/graphql', { method: 'POST', json: { query: text } })

    it('asks once for what the parts of an answer have in common', async () => {
      const first = await testShop({ storage: memoryStorage(), framework })
      const products = counting(first.cradle.products)
      const categories = counting(first.cradle.categories)
      const images = counting(first.cradle.imageRepository)
      const replaced = {
        products: products.counted,
        categories: categories.counted,
        imageRepository: images.counted,
      }
      const shop = await testShop({ storage: memoryStorage(), framework, replaced })
      const list = await query(
        shop,
        '{ products(first: 50) { edges { node { id images { url } category { name productCount } } } } }',
      )
      assert.equal(list.json.data.products.edges.length, 50)
      assert.deepEqual(
        [
          Object.fromEntries(products.calls),
          Object.fromEntries(categories.calls),
          Object.fromEntries(images.calls),
        ],
        [{ after: 1 }, { list: 1 }, { ofProducts: 1 }],
      )
      products.calls.clear()
      const aliases = Array.from(
        { length: 30 },
        (_, index) => `p${index}: product(id: ${(index % 20) + 1}) { name }`,
      )
      const many = await query(shop, `{ ${aliases.join(' ')} }`)
      assert.equal(Object.keys(many.json.data).length, 30)
      assert.deepEqual(Object.fromEntries(products.calls), { findAll: 1 })
      await shop.stop()
      await first.stop()
    })

    it('takes its loaders from the scope of the request: what one knows, the next does not', async () => {
      const { MODULES } = await import('#shop/start/modules.js')
      const { contextOf } = await import('#shop/http/request-context.js')
      const seen: object[] = []
      /** Lays another product into the loaders of the first request that comes. */
      const probe: AnyModule = {
        name: 'probe',
        register: () => ({}),
        middleware: () => [
          (req, _res, next) => {
            const { graphLoaders } = contextOf(req).cradle as GraphqlCradle
            if (seen.length === 0) graphLoaders.product.prime(1, null)
            seen.push(graphLoaders)
            next()
          },
        ],
      }
      const shop = await testShop({ storage: memoryStorage(), framework, modules: [...MODULES, probe] })
      const text = '{ product(id: 1) { name } again: product(id: 1) { name } }'
      const answers = [await query(shop, text), await query(shop, text)]
      assert.deepEqual(answers[0]?.json.data, { product: null, again: null })
      assert.equal(typeof answers[1]?.json.data.product.name, 'string')
      assert.equal(new Set(seen).size, 2)
      await shop.stop()
    })

    it('tells nothing of what broke inside, and logs it', async () => {
      for (const [error, code] of [
        [new Error('column "secret" does not exist'), 'INTERNAL'],
        [new StorageUnavailable(new Error('connect 10.0.0.7')), 'UNAVAILABLE'],
      ] as const) {
        const products = new Proxy({}, { get: () => () => Promise.reject(error) })
        const shop = await testShop({ storage: memoryStorage(), framework, replaced: { products } })
        const { json, text } = await query(shop, '{ products { totalCount } }')
        assert.equal(json.errors[0].extensions.code, code, text)
        assert.ok(!/secret|10\.0\.0/.test(text), text)
        assert.ok(shop.log.errors.includes(error))
        await shop.stop()
      }
    })

    it('shows its schema to developers, and to nobody else', async () => {
      for (const [introspection, shows] of [
        ['on', true],
        ['off', false],
      ] as const) {
        const variables = { GRAPHQL_INTROSPECTION: introspection }
        const shop = await testShop({ storage: memoryStorage(), framework, variables })
        const { json } = await query(
          shop,
          '{ __schema { types { name fields { type { ofType { ofType { name } } } } } } }',
        )
        assert.equal(json.errors === undefined, shows)
        const guess = await query(shop, '{ produts { totalCount } }')
        assert.equal(/Did you mean/.test(guess.text), shows, guess.text)
        await shop.stop()
      }
    })
  })
}
