import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { newId } from '#shop/domain/ids.js'
import type { ShopEvent } from '#shop/platform/events/event-bus.js'
import { assertFieldRefused, assertProblem } from '../catalogue/products.js'
import type { Answer } from '../support/client.js'
import { deadEvent } from '../support/dead-events.js'
import { eventually } from '../support/eventually.js'
import { somebody } from '../support/shop-people.js'
import { asPrincipal } from '../support/test-authenticator.js'
import type { TestShop } from '../support/test-shop.js'

const PATH = '/api/v1/staff/events'
const KEEPER = asPrincipal({ permissions: ['events:manage'] })

/** Events that were given up, as staff sees them and has them tried anew. */
export function describeDeadEvents(shop: () => TestShop): void {
  const list = (query = ''): Promise<Answer> => shop().ask(`${PATH}${query}`, { headers: KEEPER })
  const post = (path: string, rest: object = {}): Promise<Answer> =>
    shop().ask(`${PATH}${path}`, { method: 'POST', headers: KEEPER, ...rest })
  const idsOf = ({ json }: Answer): string[] => json.items.map(({ id }: { id: string }) => id)

  /** The ids of the events of a type that come from now on. */
  const hearing = async (type: string): Promise<string[]> => {
    const heard: string[] = []
    const handle = async ({ id }: ShopEvent): Promise<void> => void heard.push(id)
    await shop().cradle.events.subscribe({ consumer: `hears ${type}`, types: [type], handle })
    return heard
  }

  describe('events that were given up', () => {
    afterEach(() => post('/retry'))

    it('are shown to staff: what, when, how often and why, and nothing about customers', async () => {
      const event = await deadEvent(shop(), 'test.shown', { userId: 'secret' })
      const answer = await list()
      assert.equal(answer.status, 200, answer.text)
      const { diedAt, ...item } = answer.json.items.at(-1)
      assert.deepEqual(item, {
        id: event.id,
        type: 'test.shown',
        aggregate: 'test:test.shown',
        occurredAt: event.occurredAt.toISOString(),
        attempts: 20,
        lastError: 'Error: the broker is away',
      })
      assert.ok(Date.parse(diedAt) > 0)
      assert.doesNotMatch(answer.text, /secret/)
    })

    it('are delivered when one of them is tried anew, once', async () => {
      const heard = await hearing('test.one')
      const [first, second] = [await deadEvent(shop(), 'test.one'), await deadEvent(shop(), 'test.one')]
      const retried = await post(`/${first.id}/retry`)
      assert.deepEqual([retried.status, retried.json], [200, { retried: 1 }])
      await eventually(
        async () => heard,
        (ids) => ids.length > 0,
      )
      assert.deepEqual(heard, [first.id])
      assert.deepEqual(idsOf(await list()), [second.id])
      assertProblem(await post(`/${first.id}/retry`), 404, 'dead-event-not-found')
    })

    it('are all delivered when all are tried anew, in their order', async () => {
      const heard = await hearing('test.all')
      const events = [1, 2, 3].map(() => deadEvent(shop(), 'test.all'))
      const ids = (await Promise.all(events)).map(({ id }) => id).toSorted()
      assert.deepEqual((await post('/retry')).json, { retried: 3 })
      await eventually(
        async () => heard,
        ({ length }) => length === 3,
      )
      assert.deepEqual(heard.toSorted(), ids)
      assert.deepEqual((await post('/retry')).json, { retried: 0 })
      assert.deepEqual(idsOf(await list()), [])
    })

    it('come in slices', async () => {
      const events: string[] = []
      for (let count = 0; count < 3; count++) events.push((await deadEvent(shop(), 'test.slices')).id)
      const first = await list('?limit=2')
      const second = await list(`?limit=2&cursor=${first.json.nextCursor}`)
      assert.deepEqual([idsOf(first), idsOf(second)], [events.slice(0, 2), events.slice(2)])
      assert.equal(second.json.nextCursor, null)
    })

    it('are the business of nobody else', async () => {
      const { id } = await deadEvent(shop(), 'test.hidden')
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/retry'],
        ['POST', `/${id}/retry`],
      ] as const) {
        const ask = (headers: Record<string, string>) => shop().ask(`${PATH}${path}`, { method, headers })
        assertProblem(await ask({}), 401, 'unauthenticated')
        assertProblem(await ask(somebody().headers), 403, 'forbidden')
        assertProblem(await ask(asPrincipal({ permissions: ['orders:write'] })), 403, 'forbidden')
      }
      assert.deepEqual(idsOf(await list()), [id], 'it was not tried anew')
    })

    it('are found by what is right, and wrong input changes nothing', async () => {
      const { id } = await deadEvent(shop(), 'test.wrong')
      assertProblem(await post(`/${newId()}/retry`), 404, 'dead-event-not-found')
      assertFieldRefused(await post('/x/retry'), 'params', 'id', /^is "x"/, /UUID/)
      assertFieldRefused(await list('?limit=0'), 'query', 'limit', /./, /1 to 100/)
      assertFieldRefused(await list('?cursor=x'), 'query', 'cursor', /./, /nextCursor/)
      assertFieldRefused(await post('/retry', { json: { ids: [id] } }), 'body', '', /sent/, /no body/)
      assertProblem(await shop().ask(PATH, { method: 'POST', headers: KEEPER }), 405, 'method-not-allowed')
      assert.deepEqual(idsOf(await list()), [id])
    })
  })
}
