import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { operationsOf } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { end, step } from '../openapi/support/step.mjs'

const ANY = z.any()

for (const { name, framework } of FRAMEWORKS) {
  describe(`the contracts of operations on ${name}`, () => {
    test('the contract is that of the route', () => {
      const app = framework()
      const contract = { query: z.object({ page: z.number() }), summary: 'Books' }
      app.get('/books', step(contract), end)
      const [operation] = operationsOf(app)
      assert.deepEqual(operation?.contract, contract)
      assert.equal(operation?.source, 'contract')
    })

    test('what stands in front of a route adds to it, when a request certainly passes it', () => {
      const app = framework()
      const router = framework.Router()
      app.use(step({ tags: ['all'] }))
      app.use('/shop', step({ headers: ANY }), router)
      router.use('/items/special', step({ cookies: ANY }))
      router.use('/users', step({ body: ANY }))
      app.use(/^\/shop/, step({ query: ANY }))
      router.get('/items/:id', step({ params: ANY }), end)
      app.use(step({ files: {} }))
      const [operation] = operationsOf(app)
      assert.deepEqual(Object.keys(operation?.contract ?? {}).toSorted(), ['headers', 'params', 'tags'])
      assert.equal(operation?.steps.length, 3)
    })

    test('a guard in front of the route adds to it', () => {
      const app = framework()
      app.all('/admin/*path', step({ security: ['session'] }))
      app.get('/admin/users', end)
      const operation = operationsOf(app).find(({ method }) => method === 'GET')
      assert.deepEqual(operation?.contract.security, ['session'])
    })

    test('what a prefix says is said of a route that is a regular expression, too', () => {
      const app = framework()
      const router = framework.Router()
      app.use('/api', step({ security: ['key'] }), router)
      router.get(/^\/(\d+)$/, end)
      assert.deepEqual(operationsOf(app)[0]?.contract.security, ['key'])
    })

    test('the later one wins; tags are added, answers and files merged by their keys', () => {
      const app = framework()
      const [first, second] = [z.object({ a: ANY }), z.object({ b: ANY })]
      app.use(
        step({
          body: first,
          tags: ['a', 'b'],
          security: ['key'],
          deprecated: true,
          response: { 401: first, 404: null },
          files: { one: {} },
        }),
      )
      app.post(
        '/',
        step({
          body: second,
          tags: ['b', 'c'],
          security: [],
          deprecated: false,
          response: { 200: second, 404: second },
          files: { two: {} },
        }),
        end,
      )
      assert.deepEqual(operationsOf(app)[0]?.contract, {
        body: second,
        tags: ['a', 'b', 'c'],
        security: [],
        deprecated: false,
        response: { 200: second, 401: first, 404: second },
        files: { one: {}, two: {} },
      })
    })

    test('an id that a middleware gives is that of no route', () => {
      const app = framework()
      app.use(step({ operationId: 'all' }))
      app.get('/a', end)
      app.get('/b', step({ operationId: 'b' }), end)
      assert.deepEqual(
        operationsOf(app).map(({ contract }) => contract.operationId),
        [undefined, 'b'],
      )
    })

    test('a contract behind the wrapper of an agent is found', () => {
      const app = framework()
      const inner = step({ summary: 'inside' })
      const wrapper = Object.assign((...args: Parameters<typeof inner>) => inner(...args), {
        __original: inner,
      })
      app.get('/', wrapper, end)
      assert.equal(operationsOf(app)[0]?.contract.summary, 'inside')
    })

    test('error handlers say nothing of a route', () => {
      const app = framework()
      const handler = Object.assign((_e: unknown, _q: unknown, _s: unknown, _n: unknown) => {}, {
        '~contract': { contract: { body: ANY }, options: {} },
      })
      app.use(handler)
      app.get('/', end)
      assert.deepEqual(operationsOf(app)[0]?.contract, {})
      assert.equal(operationsOf(app)[0]?.source, 'path')
    })
  })
}
