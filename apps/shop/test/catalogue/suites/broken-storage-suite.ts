import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { StorageUnavailable } from '#shop/domain/errors.js'
import { type Document, DocumentSchemas } from '../../openapi/document-schemas.js'
import { assertProblem, asStaff, productBody } from '../products.js'
import { memoryStorage } from '../../support/storages.js'
import { type Framework, type TestShop, testShop } from '../../support/test-shop.js'

/** Repositories that all fail with an error. */
function failing(error: Error): object {
  const fail = async () => {
    throw error
  }
  return new Proxy({}, { get: () => fail })
}

const REQUESTS = [
  ['GET', '/api/v1/products'],
  ['GET', '/api/v1/products/1'],
  ['POST', '/api/v1/products'],
  ['PATCH', '/api/v1/products/1'],
  ['DELETE', '/api/v1/products/1'],
] as const

/** What is said of a storage that fails. */
export function describeBrokenStorage(framework: Framework): void {
  describe(`a storage that fails, on ${framework}`, () => {
    const shops: TestShop[] = []

    after(async () => {
      for (const shop of shops) await shop.stop()
    })

    const shopWith = async (error: Error): Promise<TestShop> => {
      const shop = await testShop({
        framework,
        storage: memoryStorage(),
        replaced: { products: failing(error) },
      })
      shops.push(shop)
      return shop
    }

    it('that can not be reached gives 503 and when to come back, and is logged', async () => {
      const { ask, log } = await shopWith(
        new StorageUnavailable(new Error('connect ECONNREFUSED 10.0.0.7:5432')),
      )
      for (const [method, path] of REQUESTS) {
        const answer = await ask(path, {
          method,
          headers: { ...asStaff, 'If-Match': '*' },
          ...bodyFor(method),
        })
        assertProblem(answer, 503, 'storage-unavailable')
        assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
        assert.ok(!answer.text.includes('10.0.0.7'), 'tells nothing of our insides')
      }
      assert.ok(log.errors.some((error) => error instanceof StorageUnavailable))
    })

    it('in an unknown way gives 500 without a word of why, and is logged', async () => {
      const secret = new Error('column "secret" of relation "products"')
      const { ask, log } = await shopWith(secret)
      for (const [method, path] of REQUESTS) {
        const answer = await ask(path, {
          method,
          headers: { ...asStaff, 'If-Match': '*' },
          ...bodyFor(method),
        })
        assertProblem(answer, 500, 'internal-error')
        assert.ok(!answer.text.includes('secret'), answer.text)
      }
      assert.ok(log.errors.includes(secret))
      assert.ok((await ask('/')).status === 200, 'the rest goes on')
    })

    it('is described by the OpenAPI document, whichever way it fails', async () => {
      for (const [error, status] of [
        [new Error('unknown'), 500],
        [new StorageUnavailable(new Error('away')), 503],
      ] as const) {
        const { ask } = await shopWith(error)
        const document: Document = (await ask('/api/openapi.json')).json
        const schemas = new DocumentSchemas(document)
        const undescribed = Object.entries(document.paths).flatMap(([path, item]) =>
          Object.keys(item).filter((method) => schemas.responseOf(`${method} ${path}`, status) === undefined),
        )
        assert.deepEqual(undescribed, [])
        for (const [method, path] of REQUESTS) {
          const headers = { ...asStaff, 'If-Match': '*' }
          const answer = await ask(path, { method, headers, ...bodyFor(method) })
          const operation = `${method.toLowerCase()} ${schemas.pathOf(path.slice('/api'.length))}`
          const content = schemas.responseOf(operation, answer.status)?.content ?? {}
          const schema = content['application/problem+json']?.schema ?? {}
          assert.equal(answer.status, status)
          assert.deepEqual(schemas.faultsOfValue(schema, answer.json), [], operation)
        }
      }
    })

    const bodyFor = (method: string) => {
      if (method === 'POST') return { json: productBody() }
      return method === 'PATCH' ? { json: { stock: 1 } } : {}
    }
  })
}
