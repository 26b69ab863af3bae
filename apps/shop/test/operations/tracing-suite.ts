import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { asFunction } from 'awilix'
import type { AnyModule, ShopModule } from '#shop/modules/module.js'
import type { Shipping } from '#shop/modules/orders/services/shipping.js'
import { memoryStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'

interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[]
}

/** Takes spans as a collector does, by OTLP over HTTP in JSON. */
class Collector {
  readonly spans: Span[] = []
  readonly services: unknown[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer(async (req, res) => {
      // biome-ignore lint: whatever was sent
      const sent = (await json(req)) as any
      for (const { resource, scopeSpans } of sent.resourceSpans) {
        this.services.push(
          resource.attributes.find(({ key }: { key: string }) => key === 'service.name')?.value.stringValue,
        )
        for (const { spans } of scopeSpans) this.spans.push(...spans)
      }
      res.setHeader('Content-Type', 'application/json').end('{}')
    })
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  named(name: string): Span {
    return (
      this.spans.find((span) => span.name === name) ??
      assert.fail(`no span ${name} in ${this.spans.map((span) => span.name)}`)
    )
  }
}

/** Asks the carrier in the middle of a request. */
async function createProbe(): Promise<AnyModule> {
  const { createRouter } = await import('#shop/http/framework.js')
  const probe: ShopModule<{ tracingProbe: null }, { shipping: Shipping }> = {
    name: 'tracing-probe',
    register: () => ({ tracingProbe: asFunction(() => null).singleton() }),
    site: ({ shipping }) => {
      const router = createRouter()
      router.get('/ship/:order', async (req, res) => {
        const destination = { country: 'NL', postalCode: '1012 AB' }
        const shipment = {
          orderId: req.params.order,
          weightGrams: 5,
          destination,
          level: 'standard',
        } as const
        // The stub gives no proper answer.
        await shipping.createShipment(shipment).catch(() => null)
        res.json({ ok: true })
      })
      return [{ path: '/probe', router }]
    },
  }
  return probe
}

export async function describeTracing(framework: Framework): Promise<void> {
  const noPostgres = await postgresIsMissing()
  describe(`traces on ${framework}`, () => {
    const collector = new Collector()
    const asked: (string | undefined)[] = []
    const carrier = createServer((req, res) => {
      asked.push(req.headers.traceparent as string | undefined)
      res.statusCode = 503
      res.end()
    })

    before(async () => {
      const endpoint = await collector.listen()
      carrier.listen(0, '127.0.0.1')
      await once(carrier, 'listening')
      process.env.FRAMEWORK = framework
      const { MODULES } = await import('#shop/start/modules.js')
      const shop: TestShop = await testShop({
        framework,
        modules: [...MODULES, await createProbe()],
        storage: noPostgres === false ? postgresStorage() : memoryStorage(),
        variables: {
          OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
          OTEL_SERVICE_NAME: 'shop-test',
          SHIPPING_URL: `http://127.0.0.1:${(carrier.address() as AddressInfo).port}`,
        },
      })
      const headers = { traceparent: `00-${TRACE}-${PARENT}-01`, 'X-Request-Id': 'traced-request-1' }
      await shop.ask('/api/v1/products/3', { headers })
      await shop.ask('/probe/ship/42', { headers })
      await shop.ask('/api/v1/categories', { headers: { traceparent: 'not-one' } })
      await shop.ask('/nothing-here')
      // What is left is sent when the shop stops.
      await shop.stop()
    })

    after(() => {
      collector.close()
      carrier.close()
      carrier.closeAllConnections()
    })

    const attribute = (span: Span, name: string): unknown =>
      Object.values(span.attributes.find(({ key }) => key === name)?.value ?? {})[0]

    it('have a span for each request, by its route, as a part of the trace of who asks', () => {
      const span = collector.named('GET /api/v1/products/:id')
      assert.deepEqual([span.traceId, span.parentSpanId], [TRACE, PARENT])
      assert.equal(attribute(span, 'http.route'), '/api/v1/products/:id')
      assert.equal(Number(attribute(span, 'http.response.status_code')), 200)
      assert.equal(attribute(span, 'shop.request.id'), 'traced-request-1')
      assert.ok(collector.services.includes('shop-test'))
    })

    it('begin anew when who asks has none, and never have a part of the address as their name', () => {
      const span = collector.named('GET /api/v1/categories')
      assert.notEqual(span.traceId, TRACE)
      assert.ok(!span.parentSpanId)
      assert.ok(collector.spans.some(({ name }) => name === 'GET'))
      assert.ok(!collector.spans.some(({ name }) => name.includes('nothing-here')))
    })

    it('go on in the call of the shipping service', () => {
      const span = collector.named('GET /probe/ship/:order')
      assert.ok(asked.length > 0)
      for (const sent of asked) assert.equal(sent, `00-${TRACE}-${span.spanId}-01`)
    })

    it('have a span for each query of a request', { skip: noPostgres }, () => {
      const request = collector.named('GET /api/v1/products/:id')
      const queries = collector.spans.filter(
        ({ name, parentSpanId }) => name === 'postgresql select' && parentSpanId === request.spanId,
      )
      assert.equal(queries.length, 1)
      assert.match(String(attribute(queries[0] as Span, 'db.query.text')), /^select .* from "products"/)
    })
  })
}
