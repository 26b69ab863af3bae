import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { randomUUID } from 'node:crypto'
import { productBody } from '../catalogue/products.js'
import { ADMIN, bearer } from '../identity/people.js'
import { Visitor } from '../identity/visitor.js'
import { file, form } from '../images/forms.js'
import { png } from '../images/pictures.js'
import { keyed, STAFF, type Person, somebody } from '../support/shop-people.js'
import type { Answer, Ask } from '../support/client.js'
import { deadEvent } from '../support/dead-events.js'
import { memoryStorage } from '../support/storages.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { asPrincipal } from '../support/test-authenticator.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { type Document, DocumentSchemas } from './document-schemas.js'

const SHIP_TO = { country: 'NL', postalCode: '1012 AB' }

function productBodyV2(): object {
  const { stock: pieces, ...rest } = productBody()
  return { ...rest, price: { amount: '42.00', currency: 'EUR' }, availability: { pieces } }
}

export function describeAnswers(framework: Framework): void {
  describe(`what the shop answers, beside the OpenAPI document, on ${framework}`, () => {
    const folder = temporaryFolder()
    let shop: TestShop
    /** The same, with people who sign in. */
    let real: TestShop
    let document: Document
    let schemas: DocumentSchemas
    const asked = new Set<string>()

    before(async () => {
      const variables = { IMAGES_DIR: folder.path }
      shop = await testShop({ storage: memoryStorage(), framework, variables })
      real = await testShop({ storage: memoryStorage(), framework, variables, authenticator: 'real' })
      document = (await shop.ask('/api/openapi.json')).json
      schemas = new DocumentSchemas(document)
    })

    after(async () => {
      await shop?.stop()
      await real?.stop()
      folder.remove()
    })

    /** Asks for a path below `/api/v1`, and holds the answer against what the document says of it. */
    const ask = async (
      method: string,
      path: string,
      { headers }: Partial<Person>,
      rest: Ask = {},
      version = 'v1',
    ): Promise<Answer> => {
      const answer = await shop.ask(`/api/${version}${path}`, {
        method,
        ...rest,
        headers: { ...headers, ...rest.headers },
      })
      return held(method, path, answer, version)
    }

    const held = (method: string, path: string, answer: Answer, version = 'v1'): Answer => {
      const operation = `${method.toLowerCase()} ${schemas.pathOf(`/${version}${path}`)}`
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

    it('is as described for events', async () => {
      const keeper = { headers: asPrincipal({ permissions: ['events:manage'] }) }
      const [first] = [await deadEvent(shop, 'test.first'), await deadEvent(shop, 'test.second')]
      assert.equal((await ask('GET', '/staff/events', keeper)).json.items.length, 2)
      await ask('POST', `/staff/events/${first.id}/retry`, keeper)
      await ask('POST', '/staff/events/retry', keeper)
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

    it('is as described for products, in both versions', async () => {
      const staff = { headers: STAFF }
      for (const [version, json, change] of [
        ['v1', productBody(), { stock: 3 }],
        ['v2', productBodyV2(), { availability: { pieces: 3 } }],
      ] as const) {
        const made = await ask('POST', '/products', staff, { json }, version)
        const path = `/products/${made.json.id}`
        const tagOf = (answer: Answer) => ({ 'If-Match': answer.headers.get('etag') ?? '' })
        await ask('GET', path, {}, {}, version)
        const changed = await ask('PATCH', path, staff, { headers: tagOf(made), json: change }, version)
        const replaced = await ask('PUT', path, staff, { headers: tagOf(changed), json }, version)
        await ask('GET', '/products?limit=3', {}, {}, version)
        const { json: page } = await ask('GET', '/products?limit=3&sort=price', {}, {}, version)
        await ask('GET', `/products?limit=3&sort=price&cursor=${page.nextCursor}`, {}, {}, version)
        await ask('DELETE', path, staff, { headers: tagOf(replaced) }, version)
        await ask('GET', '/categories', {}, {}, version)
      }
    })

    it('is as described for images', async () => {
      const staff = { headers: STAFF }
      const path = `/products/${await product()}/images`
      const upload = randomUUID()
      const sent = form({ name: 'alt', content: 'From above' }, file(png()))
      const sending = { headers: { ...sent.headers, 'Upload-Id': upload }, body: sent.body }
      const { json: made } = await ask('POST', path, staff, sending)
      await ask('GET', `/uploads/${upload}`, staff)
      await ask('GET', path, {})
      await ask('GET', `/images?products=${made.items[0].product}`, {})
      const image = `${path}/${made.items[0].id}`
      await ask('GET', image, {})
      await ask('PUT', image, staff, form(file(png(4, 4))))
      await ask('DELETE', image, staff)
    })

    it('is as described for accounts, sessions and users', async () => {
      const askAs = async (
        who: Visitor,
        method: string,
        path: string,
        headers: Record<string, string> = {},
        json?: unknown,
      ): Promise<Answer> => {
        const sent = { method, headers, ...(json !== undefined && { json }) }
        return held(method, path, await who.ask(`/api/v1${path}`, sent))
      }
      const [eve, admin] = [new Visitor(real.ask), new Visitor(real.ask)]
      const credentials = { email: 'eve@shop.example', password: 'seven brown herons' }
      const { json: made } = await askAs(eve, 'POST', '/auth/register', {}, { ...credentials, name: 'Eve' })
      const { json: signedIn } = await askAs(eve, 'POST', '/auth/login', {}, credentials)
      const { json: refreshed } = await askAs(eve, 'POST', '/auth/refresh')
      await askAs(eve, 'GET', '/users/me', bearer(refreshed.access_token))
      const { json: boss } = await askAs(admin, 'POST', '/auth/login', {}, ADMIN)
      await askAs(admin, 'GET', '/users?limit=2&role=customer', bearer(boss.access_token))
      const read = await askAs(admin, 'GET', `/users/${made.id}`, bearer(boss.access_token))
      const match = { ...bearer(boss.access_token), 'If-Match': read.headers.get('etag') ?? '' }
      await askAs(admin, 'PATCH', `/users/${made.id}`, match, { roles: ['staff'] })
      await askAs(admin, 'POST', '/auth/logout', bearer(boss.access_token))
      await askAs(eve, 'DELETE', '/auth/refresh')
      await askAs(eve, 'GET', '/auth/providers')
      await askAs(eve, 'POST', '/auth/session', {}, credentials)
      const { json: session } = await askAs(eve, 'GET', '/auth/session')
      await askAs(eve, 'DELETE', '/auth/session', { 'X-CSRF-Token': session.csrfToken })
      const { json: again } = await askAs(eve, 'POST', '/auth/login', {}, credentials)
      await askAs(eve, 'POST', '/auth/logout-everywhere', bearer(again.access_token))
      assert.equal(signedIn.user.id, made.id)
    })

    it('is as described for the graph', async () => {
      const query = '{ categories { slug } }'
      const byGet = await shop.ask(`/api/graphql?query=${encodeURIComponent(query)}`)
      const byPost = await shop.ask('/api/graphql', { method: 'POST', json: { query } })
      for (const [operation, answer] of Object.entries({ 'get /graphql': byGet, 'post /graphql': byPost })) {
        assert.ok(answer.json.data.categories.length > 0, answer.text)
        assert.deepEqual(schemas.faultsOf(operation, answer), [], operation)
      }
    })

    it('was asked for by each operation of the first version', () => {
      const missed = schemas
        .operationsOf('/v1/')
        .filter(({ name, isStream }) => !isStream && !asked.has(name))
      assert.deepEqual(
        missed.map(({ name }) => name),
        [],
      )
    })
  })
}
