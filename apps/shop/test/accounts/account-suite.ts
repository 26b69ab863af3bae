import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem, fieldsOf } from '../catalogue/products.js'
import type { Answer } from '../support/client.js'
import { keyed, type Person, STAFF, somebody } from '../support/shop-people.js'
import type { TestShop } from '../support/test-shop.js'
import { unknownAccount } from './accounts.js'

const ACCOUNTS = '/api/v1/accounts'
const TRANSFERS = '/api/v1/transfers'

export function describeAccounts(shop: () => TestShop): void {
  const post = (path: string, headers: Record<string, string>, json: unknown) =>
    shop().ask(path, { method: 'POST', headers: { ...keyed({}), ...headers }, json })
  const read = (path: string, headers: Record<string, string>) => shop().ask(path, { headers })
  const eur = (amount: number) => ({ amount, currency: 'EUR' })

  /** A new account of somebody, with so many cents. */
  const accountOf = async ({ headers }: Person, cents = 0, currency = 'EUR'): Promise<string> => {
    const { status, json, text } = await post(ACCOUNTS, headers, { name: 'Everyday', currency })
    assert.equal(status, 201, text)
    if (cents > 0) {
      const paid = await post(`${ACCOUNTS}/${json.id}/deposits`, STAFF, {
        amount: { amount: cents, currency },
      })
      assert.equal(paid.status, 201, paid.text)
    }
    return json.id as string
  }
  const balanceOf = async (id: string) =>
    (await read(`${ACCOUNTS}/${id}`, STAFF)).json.balance.amount as number

  describe('an account', () => {
    it('is opened, listed and read by its owner, and by nobody else but staff', async () => {
      const [owner, other] = [somebody(), somebody()]
      const opened = await post(ACCOUNTS, owner.headers, { name: '  Savings ', currency: 'JPY' })
      assert.equal(opened.status, 201, opened.text)
      const path = `${ACCOUNTS}/${opened.json.id}`
      assert.equal(opened.headers.get('location'), path)
      const { id, openedAt, ...rest } = opened.json
      assert.deepEqual(rest, { owner: owner.id, name: 'Savings', balance: { amount: 0, currency: 'JPY' } })
      assert.ok(Date.parse(openedAt) > 0)
      assert.deepEqual((await read(path, owner.headers)).json, opened.json)
      assert.deepEqual((await read(ACCOUNTS, owner.headers)).json, { items: [opened.json] })
      assert.deepEqual((await read(ACCOUNTS, other.headers)).json, { items: [] })
      for (const hidden of [path, `${path}/entries`])
        assertProblem(await read(hidden, other.headers), 404, 'account-not-found')
      assert.equal((await read(path, STAFF)).json.id, id)
    })

    it('has a statement, in slices, the newest first', async () => {
      const owner = somebody()
      const [id, other] = [await accountOf(owner, 1000), await accountOf(owner)]
      for (const cents of [1, 2, 3])
        await post(TRANSFERS, owner.headers, { from: id, to: other, amount: eur(cents) })
      const seen: [number, number][] = []
      let cursor = ''
      do {
        const { json } = await read(`${ACCOUNTS}/${id}/entries?limit=3${cursor}`, owner.headers)
        for (const { amount, balanceAfter } of json.items) seen.push([amount.amount, balanceAfter.amount])
        cursor = json.nextCursor === null ? '' : `&cursor=${json.nextCursor}`
      } while (cursor !== '')
      assert.deepEqual(seen, [
        [-3, 994],
        [-2, 997],
        [-1, 999],
        [1000, 1000],
      ])
    })

    it('gets money from outside only by those who may', async () => {
      const owner = somebody()
      const id = await accountOf(owner)
      const body = { amount: eur(100) }
      assertProblem(await post(`${ACCOUNTS}/${id}/deposits`, owner.headers, body), 403, 'forbidden')
      const lost = await post(`${ACCOUNTS}/${unknownAccount()}/deposits`, STAFF, body)
      assertProblem(lost, 404, 'account-not-found')
      assert.equal(await balanceOf(id), 0)
    })
  })

  describe('a transfer', () => {
    it('moves money, and is seen by both sides', async () => {
      const [ada, bob, eve] = [somebody(), somebody(), somebody()]
      const [from, to] = [await accountOf(ada, 1000), await accountOf(bob, 50)]
      const made = await post(TRANSFERS, ada.headers, { from, to, amount: eur(300), note: 'for the tea' })
      assert.equal(made.status, 201, made.text)
      const { id, madeAt, ...rest } = made.json
      assert.deepEqual(rest, { from, to, amount: eur(300), note: 'for the tea', madeBy: ada.id })
      assert.ok(Date.parse(madeAt) > 0)
      assert.equal(made.headers.get('location'), `${TRANSFERS}/${id}`)
      assert.deepEqual([await balanceOf(from), await balanceOf(to)], [700, 350])
      for (const { headers } of [ada, bob])
        assert.deepEqual((await read(`${TRANSFERS}/${id}`, headers)).json, made.json)
      assertProblem(await read(`${TRANSFERS}/${id}`, eve.headers), 404, 'transfer-not-found')
    })

    it('is made once, however often it is asked for with one key', async () => {
      const ada = somebody()
      const [from, to] = [await accountOf(ada, 1000), await accountOf(somebody())]
      const headers = keyed(ada.headers)
      const ask = (amount = 300) => post(TRANSFERS, headers, { from, to, amount: eur(amount) })
      const first = await ask()
      const answers = [await ask(), ...(await Promise.all([ask(), ask(), ask()]))]
      for (const { status, text } of answers) {
        if (status !== 409) assert.deepEqual([status, text], [201, first.text])
      }
      assertProblem(await ask(1), 422, 'idempotency-key-reused')
      assert.deepEqual([await balanceOf(from), await balanceOf(to)], [700, 300])
      const withoutKey = { ...ada.headers, 'Idempotency-Key': '' }
      assertProblem(await post(TRANSFERS, withoutKey, { from, to, amount: eur(1) }), 400, 'invalid-input')
    })

    it('is told as its contract says, whatever else is known of it', async (t) => {
      const ada = somebody()
      const [from, to] = [await accountOf(ada, 1000), await accountOf(somebody())]
      const { transferMoney } = shop().cradle
      const execute = transferMoney.execute.bind(transferMoney)
      t.mock.method(transferMoney, 'execute', async (...asked: Parameters<typeof execute>) => {
        return { ...(await execute(...asked)), fraudScore: 7 }
      })
      const made = await post(TRANSFERS, ada.headers, { from, to, amount: eur(1) })
      assert.equal(made.status, 201, made.text)
      const { json } = await read(`${TRANSFERS}/${made.json.id}`, ada.headers)
      assert.deepEqual(made.json, json)
    })

    it('is refused when it can not be, says why, and moves nothing', async () => {
      const [ada, bob] = [somebody(), somebody()]
      const [from, to] = [await accountOf(ada, 1000), await accountOf(bob, 1000)]
      const dollars = await accountOf(ada, 1000, 'USD')
      const refused = (body: object): Promise<Answer> =>
        post(TRANSFERS, ada.headers, { from, to, amount: eur(1), ...body })
      const poor = await refused({ amount: eur(1001) })
      assertProblem(poor, 409, 'insufficient-funds')
      assert.deepEqual(fieldsOf(poor), ['amount'])
      const none = unknownAccount()
      for (const [body, field, problem, expected] of [
        [{ to: from }, 'to', /money comes from/, /another account/],
        [{ from: to }, 'from', /none/, /of yours/],
        [{ from: none }, 'from', /none/, /of yours/],
        [{ to: none }, 'to', /none/, /an account/],
        [{ to: dollars }, 'amount.currency', /is "EUR"/, /"USD"/],
        [{ amount: { amount: 1, currency: 'USD' } }, 'amount.currency', /is "USD"/, /"EUR"/],
        [{ amount: eur(0) }, 'amount.amount', /is 0/, /from 1 to/],
        [{ amount: eur(-5) }, 'amount.amount', /is -5/, /from 1 to/],
        [{ amount: eur(1.5) }, 'amount.amount', /is 1.5/, /minor units/],
        [{ amount: { amount: 1, currency: 'XXX' } }, 'amount.currency', /is "XXX"/, /one of CHF, EUR/],
        [{ amount: undefined }, 'amount', /is missing/, /an amount and a currency/],
        [{ from: 'x' }, 'from', /is "x"/, /UUID/],
        [{ to: 7 }, 'to', /is 7/, /UUID/],
        [{ note: 'x'.repeat(141) }, 'note', /141 characters/, /at most 140/],
        [{ fee: 1 }, 'fee', /not known/, /only from, to, amount, note/],
      ] as const) {
        assertFieldRefused(await refused(body), 'body', field, problem, expected)
      }
      assert.deepEqual(
        [await balanceOf(from), await balanceOf(to), await balanceOf(dollars)],
        [1000, 1000, 1000],
      )
    })

    it('may be made for others by staff', async () => {
      const [from, to] = [await accountOf(somebody(), 100), await accountOf(somebody())]
      assert.equal((await post(TRANSFERS, STAFF, { from, to, amount: eur(60) })).status, 201)
      assert.deepEqual([await balanceOf(from), await balanceOf(to)], [40, 60])
    })
  })

  describe('wrong input to accounts', () => {
    it('is refused with the field', async () => {
      const { headers } = somebody()
      for (const [body, field] of [
        [{ currency: 'EUR' }, 'name'],
        [{ name: '', currency: 'EUR' }, 'name'],
        [{ name: 'A' }, 'currency'],
        [{ name: 'A', currency: 'eur' }, 'currency'],
        [{ name: 'A', currency: 'EUR', balance: 5 }, 'balance'],
      ] as const) {
        assertFieldRefused(await post(ACCOUNTS, headers, body), 'body', field, /./, /./)
      }
      assert.deepEqual((await read(ACCOUNTS, headers)).json.items, [])
      assertFieldRefused(await read(`${ACCOUNTS}/x`, headers), 'params', 'id', /is "x"/, /UUID/)
      assertFieldRefused(await read(`${TRANSFERS}/x`, headers), 'params', 'id', /is "x"/, /UUID/)
      const id = unknownAccount()
      assertFieldRefused(await read(`${ACCOUNTS}/${id}/entries?limit=x`, headers), 'query', 'limit', /./, /./)
      const deposit = await post(`${ACCOUNTS}/${id}/deposits`, STAFF, {})
      assertFieldRefused(deposit, 'body', 'amount', /is missing/, /an amount/)
    })

    it('from guests gets 401, and other methods 405', async () => {
      for (const path of [ACCOUNTS, TRANSFERS, `${ACCOUNTS}/x`])
        assertProblem(await read(path, {}), 401, 'unauthenticated')
      assertProblem(await read(TRANSFERS, somebody().headers), 405, 'method-not-allowed')
    })
  })
}
