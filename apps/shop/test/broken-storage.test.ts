import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { StorageUnavailable } from '#shop/domain/errors.js'
import { compose } from '#shop/start/compose.js'
import { listen, addressOf } from '#shop/start/listen.js'
import { openStorage, type Storage } from '#shop/start/storage.js'
import { assertProblem, productBody } from './support/products.js'
import { SilentLog } from './support/silent-log.js'
import { clientOf, type TestShop } from './support/test-shop.js'

/** A storage whose products all fail with an error. */
function brokenBy(error: Error, storage: Storage): Storage {
  const fail = async () => {
    throw error
  }
  const products = new Proxy(storage.products, { get: () => fail })
  return { ...storage, products }
}

const REQUESTS = [
  ['GET', '/api/v1/products'],
  ['GET', '/api/v1/products/1'],
  ['POST', '/api/v1/products'],
  ['PATCH', '/api/v1/products/1'],
  ['DELETE', '/api/v1/products/1'],
] as const

describe('a storage that fails', () => {
  const log = new SilentLog()
  const closers: (() => void)[] = []
  let storage: Storage

  before(async () => {
    storage = await openStorage({ kind: 'memory' }, true, log)
  })

  after(() => {
    for (const close of closers) close()
  })

  const shopWith = async (error: Error): Promise<TestShop['ask']> => {
    const server = await listen(compose(brokenBy(error, storage), log).app, '127.0.0.1', 0)
    closers.push(
      () => server.closeAllConnections(),
      () => server.close(),
    )
    return clientOf(addressOf(server))
  }

  it('that can not be reached gives 503 and when to come back, and is logged', async () => {
    const ask = await shopWith(new StorageUnavailable(new Error('connect ECONNREFUSED 10.0.0.7:5432')))
    for (const [method, path] of REQUESTS) {
      const answer = await ask(path, { method, headers: { 'If-Match': '*' }, ...bodyFor(method) })
      assertProblem(answer, 503, 'storage-unavailable')
      assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
      assert.ok(!answer.text.includes('10.0.0.7'), 'tells nothing of our insides')
    }
    assert.ok(log.errors.some((error) => error instanceof StorageUnavailable))
  })

  it('in an unknown way gives 500 without a word of why, and is logged', async () => {
    const secret = new Error('column "secret" of relation "products"')
    const ask = await shopWith(secret)
    for (const [method, path] of REQUESTS) {
      const answer = await ask(path, { method, headers: { 'If-Match': '*' }, ...bodyFor(method) })
      assertProblem(answer, 500, 'internal-error')
      assert.ok(!answer.text.includes('secret'), answer.text)
    }
    assert.ok(log.errors.includes(secret))
    assert.ok((await ask('/')).status === 200, 'the rest goes on')
  })

  const bodyFor = (method: string) => {
    if (method === 'POST') return { json: productBody() }
    return method === 'PATCH' ? { json: { stock: 1 } } : {}
  }
})
