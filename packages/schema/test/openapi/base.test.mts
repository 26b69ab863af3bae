import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { drift, leftOutOf, type OpenApiDocument, openapi, openapiDocument } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { end, step } from './support/step.mjs'

const INFO = { title: 'Test', version: '1.0.0' }

for (const { name, framework } of FRAMEWORKS) {
  describe(`a document with a base on ${name}`, () => {
    const shop = () => {
      const app = framework()
      const api = framework.Router()
      api.get('/', end)
      api.get('/orders/:id', end)
      app.use('/api', api)
      app.get('/apis', end)
      app.get('/health', end)
      return app
    }

    test('has the paths below it, and says where they are', () => {
      const document = openapiDocument(shop(), { info: INFO, base: '/api' })
      assert.deepEqual(Object.keys(document.paths), ['/', '/orders/{id}'])
      assert.equal(document.paths['/orders/{id}']?.get?.operationId, 'getOrdersById')
      assert.deepEqual(document.servers, [{ url: '/api' }])
      const servers = [{ url: 'https://example.com/api' }]
      assert.deepEqual(openapiDocument(shop(), { info: INFO, base: '/api', servers }).servers, servers)
      const leftOut = leftOutOf(shop(), { base: '/api' })
      assert.deepEqual(
        leftOut.map(({ operation, reason }) => `${operation.path} ${reason}`),
        ['/apis base', '/health base'],
      )
    })

    test('has a server that leads there, wherever the application is mounted', async (t) => {
      const app = shop()
      app.use('/about', openapi(app, { info: INFO, base: '/api' }))
      const root = framework()
      root.use('/shop', app)
      const address = `${await serving(t, root)}/shop/about/openapi.json`
      const { servers } = (await (await fetch(address)).json()) as OpenApiDocument
      assert.equal(new URL(servers?.[0]?.url ?? '', address).pathname, '/shop/api')
    })

    test('is one that live answers are held to', async (t) => {
      const app = framework()
      const told = once(app, 'drift')
      const watch = drift(() => openapiDocument(app, { info: INFO, base: '/api' }), {
        onDrift: ({ kind }) => void app.emit('drift', kind),
      })
      app.use(watch)
      const item = { 200: z.object({ id: z.number() }) }
      app.get('/api/items', step({ response: item }), (_req: Request, res: Response) => {
        res.json({ id: 'seven' })
      })
      const origin = await serving(t, app)
      await (await fetch(`${origin}/api/items`)).text()
      assert.deepEqual(await told, ['response-body'])
    })

    test('that is no path is refused', () => {
      for (const base of ['api', '/', '/api/']) {
        assert.throws(
          () => openapiDocument(shop(), { info: INFO, base }),
          /base must be a path such as \/api/,
        )
        assert.throws(() => openapi(shop(), { info: INFO, base }), /base must be a path such as \/api/)
      }
    })
  })
}
