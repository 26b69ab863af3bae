import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deprecation, openapiDocument, validate, version, versions } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const INFO = { title: 'Test', version: '1.0.0' }
const deprecated = new Date('2026-01-01')

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const orders = (operationId = 'placeOrder') => {
    const router = express.Router()
    router.post('/orders', validate({ operationId }), (_req, res) => {
      res.end()
    })
    return router
  }
  const operationsIn = (app: ReturnType<typeof express>) =>
    Object.entries(openapiDocument(app, { info: INFO }).paths).map(([path, item]) => {
      const { operationId, deprecated: goes } = Object.values(item)[0] as {
        operationId: string
        deprecated?: boolean
      }
      return `${path} ${operationId}${goes === true ? ' goes' : ''}`
    })

  describe(`${framework}: the document of versions`, () => {
    it('has the ids of one router with the names of the versions that it is in', () => {
      const app = express()
      const shared = orders()
      app.use('/api', version('v1', shared, { deprecated }), version('v2', shared))
      app.use('/all', versions([version('v3', orders('placeOrderV3')), version('2026-01-01', shared)]))
      app.use('/none', orders('other'))
      assert.deepEqual(operationsIn(app), [
        '/api/v1/orders placeOrderV1 goes',
        '/api/v2/orders placeOrderV2',
        '/all/v3/orders placeOrderV3',
        '/all/2026-01-01/orders placeOrder20260101',
        '/none/orders other',
      ])
    })

    it('marks those of a version that goes where fields choose it, and no others', () => {
      const other = express.Router()
      other.get('/users', (_req, res) => {
        res.end()
      })
      const app = express()
      const list = [version('v1', orders(), { deprecated }), version('v2', other)]
      app.use('/api', versions(list, { by: 'header' }))
      assert.deepEqual(operationsIn(app), ['/api/orders placeOrderV1 goes', '/api/users getApiUsers'])
    })

    it('marks the routes of a part that goes, and not those beside it', () => {
      const images = express.Router()
      images.get('/:id/images', (_req, res) => {
        res.end()
      })
      const v1 = express.Router()
      v1.use('/shop', deprecation({ deprecated, successor: 'v2' }, orders()), images)
      const app = express()
      app.use('/api', version('v1', v1))
      assert.deepEqual(operationsIn(app), [
        '/api/v1/shop/orders placeOrderV1 goes',
        '/api/v1/shop/{id}/images getApiV1ShopByIdImages',
      ])
    })
  })
}
