import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { keyed, STAFF, type Person, somebody } from '../support/shop-people.js'
import type { Answer, Ask } from '../support/client.js'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { type Document, DocumentSchemas } from './document-schemas.js'

/** Whose answers are held against the document, each operation at least once. */
const TAGS = new Set(['carts', 'chat', 'live stock', 'money', 'notifications', 'orders', 'stock'])

const SHIP_TO = { country: 'NL', postalCode: '1012 AB' }

export function describeAnswers(framework: Framework): void {
  describe(`what the shop answers, beside the OpenAPI document, on ${framework}`, () => {
    let shop: TestShop
    let document: Document
    let schemas: DocumentSchemas
    const asked = new Set<string>()

    before(async () => {
      shop = await testShop({ storage: memoryStorage(), framework })
      document = (await shop.ask('/api/openapi.json')).json
      schemas = new DocumentSchemas(document)
    })

    after(() => shop?.stop())

    /** Asks for a path below `/api/v1`, and holds the answer against what the document says of it. */
    const ask = async (
      method: string,
      path: string,
      { headers }: Partial<Person>,
      rest: Ask = {},
    ): Promise<Answer> => {
      const answer = await shop.ask(`/api/v1${path}`, {
        method,
        ...rest,
        headers: { ...headers, ...rest.headers },
      })
      const operation = `${method.toLowerCase()} ${schemas.pathOf(`/v1${path}`)}`
      assert.ok(answer.status < 300, `${operation}: ${answer.status} ${answer.text}`)
      assert.deepEqual(schemas.faultsOf(operation, answer), [], operation)
      asked.add(operation)
      return answer
    }

    const product = async (): Promise<number> =>
      (await shop.ask('/api/v1/products?inStock=true&sort=-stock&limit=1')).json.items[0].id

    it('is as described for stocks', async () => {
      const id = await product()
      await ask('GET', `/stock/${id}`, {})
      await ask('POST', `/stock/${id}/receipts`, { headers: STAFF }, { json: { quantity: 3 } })
      const json = { counted: 20, reason: 'counted anew' }
      await ask('POST', `/stock/${id}/corrections`, { headers: STAFF }, { json })
      const list = await ask('GET', `/stock/${id}/movements?limit=1`, { headers: STAFF })
      assert.equal(typeof list.json.nextCursor, 'string')
      const { json: levels } = await ask('GET', `/live-stock/changes?products=${id}`, {})
      await ask(
        'GET',
        `/live-stock/changes?products=${id}&wait=0&since=${encodeURIComponent(levels.since)}`,
        {},
      )
    })

    it('is as described for carts', async () => {
      const [ada, productId] = [somebody(), await product()]
      await ask('GET', '/cart', {})
      await ask('POST', '/cart/lines', ada, { json: { productId } })
      await ask('PATCH', `/cart/lines/${productId}`, ada, { json: { quantity: 2 } })
      assert.equal((await ask('GET', '/cart', ada)).json.lines.length, 1)
      await ask('DELETE', `/cart/lines/${productId}`, ada)
      await ask('DELETE', '/cart', ada)
    })

    it('is as described for orders', async () => {
      const [ada, productId] = [somebody(), await product()]
      const json = { lines: [{ productId, quantity: 1 }], shipTo: SHIP_TO }
      const place = () => ask('POST', '/orders', ada, { headers: keyed({}), json })
      const [first, second] = [await place(), await place()]
      await ask('GET', `/orders/${first.json.id}`, ada)
      const headers = { 'If-Match': first.headers.get('etag') ?? '' }
      await ask('POST', `/orders/${first.json.id}/confirm`, { headers: STAFF }, { headers })
      await ask('POST', `/orders/${second.json.id}/cancel`, ada, {
        headers,
        json: { reason: 'ordered twice' },
      })
      await ask('GET', '/orders', ada)
      await ask('GET', '/staff/orders?limit=1', { headers: STAFF })
    })

    it('is as described for money', async () => {
      const ada = somebody()
      const open = () => ask('POST', '/accounts', ada, { json: { name: 'Savings', currency: 'EUR' } })
      const [{ json: from }, { json: to }] = [await open(), await open()]
      const amount = { amount: 1290, currency: 'EUR' }
      await ask(
        'POST',
        `/accounts/${from.id}/deposits`,
        { headers: STAFF },
        { headers: keyed({}), json: { amount } },
      )
      const json = { from: from.id, to: to.id, amount, note: 'for the tea' }
      const made = await ask('POST', '/transfers', ada, { headers: keyed({}), json })
      await ask('GET', `/transfers/${made.json.id}`, ada)
      await ask('GET', `/accounts/${from.id}`, ada)
      assert.equal((await ask('GET', `/accounts/${from.id}/entries`, ada)).json.items.length, 2)
      await ask('GET', '/accounts', ada)
    })

    it('is as described for the chat', async () => {
      const [ada, bob, eve] = [somebody(), somebody(), somebody()]
      const { json: room } = await ask('POST', '/chat/rooms', ada, {
        json: { title: 'Tea', members: [bob.id] },
      })
      const message = { roomId: room.id, clientId: 'message-1', text: 'Hello', mentions: [bob.id] }
      const author = { id: ada.id, email: 'ada@shop.example', name: 'Ada', roles: [], permissions: [] }
      await shop.cradle.chat.send({ ...author, via: 'token' }, message)
      assert.equal((await ask('GET', `/chat/rooms/${room.id}`, ada)).json.reads.length, 1)
      assert.equal((await ask('GET', `/chat/rooms/${room.id}/messages`, ada)).json.items.length, 1)
      await ask('PUT', `/chat/rooms/${room.id}/members/${eve.id}`, ada)
      await ask('DELETE', `/chat/rooms/${room.id}/members/${eve.id}`, ada)
      await ask('GET', '/chat/rooms', ada)
    })

    it('is as described for notifications', async () => {
      const ada = somebody()
      const kind = 'order-confirmed'
      const wanted = {
        userId: ada.id,
        eventId: ada.id,
        kind,
        title: 'It is confirmed',
        data: { orderId: '1' },
      } as const
      await shop.cradle.notifications.notify(wanted)
      const { json } = await ask('GET', '/notifications', ada)
      await ask('POST', `/notifications/${json.items[0].id}/read`, ada)
      await ask('POST', '/notifications/read', ada, { json: { upTo: json.items[0].id } })
      assert.notEqual((await ask('GET', '/notifications', ada)).json.items[0].readAt, null)
    })

    it('was asked for by each operation that answers in JSON', () => {
      const missed = schemas.operationsOf('/v1/').filter(({ name, tags, answersJson }) => {
        return answersJson && tags.some((tag) => TAGS.has(tag)) && !asked.has(name)
      })
      assert.deepEqual(
        missed.map(({ name }) => name),
        [],
      )
    })
  })
}
