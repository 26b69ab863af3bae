import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { StateUnavailable, StorageUnavailable } from '#shop/domain/errors.js'
import { assertProblem } from '../../catalogue/products.js'
import { redisIsMissing, redisState } from '../../support/states.js'
import { memoryStorage } from '../../support/storages.js'
import { type Framework, type TestShop, testShop } from '../../support/test-shop.js'
import { SECRETS } from '../describe-identity.js'
import { AUTH, bearer, newEmail, newPerson, openSession, PASSWORD, signIn, USERS } from '../people.js'

const OPTIONS = {
  storage: memoryStorage(),
  sampleData: false,
  authenticator: 'real',
  variables: { ...SECRETS, TRUST_PROXY: 'loopback' },
} as const

/** What of accounts goes on without what instances share, and how the rest is refused. */
export async function describeBrokenState(framework: Framework): Promise<void> {
  const skip = await redisIsMissing()

  describe(`accounts on ${framework}, when the shared state can not be reached`, () => {
    let shop: TestShop

    before(async () => {
      shop = await testShop({
        ...OPTIONS,
        framework,
        variables: { ...OPTIONS.variables, RATE_LIMIT: '1000' },
      })
    })

    after(() => shop?.stop())

    it('let nobody in unchecked: 503 for signing in and for tokens, and guests go on', async () => {
      const person = await newPerson(shop)
      const { access_token } = (await signIn(person)).json
      const { state } = shop.cradle
      const broken = async () => {
        throw new StateUnavailable(new Error('connect ECONNREFUSED 10.0.0.7:6379'))
      }
      const { get, increment } = state
      Object.assign(state, { get: broken, increment: broken })
      for (const answer of [
        await person.visitor.post(`${AUTH}/login`, { email: person.email, password: PASSWORD }),
        await person.visitor.post(`${AUTH}/session`, { email: person.email, password: PASSWORD }),
        await person.visitor.post(`${AUTH}/register`, { email: newEmail(), password: PASSWORD, name: 'X' }),
        await shop.ask(`${USERS}/me`, { headers: bearer(access_token) }),
      ]) {
        assertProblem(answer, 503, 'storage-unavailable')
        assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
        assert.ok(!answer.text.includes('10.0.0.7'))
      }
      assert.equal((await shop.ask('/api/v1/categories')).status, 200)
      Object.assign(state, { get, increment })
      assert.equal((await shop.ask(`${USERS}/me`, { headers: bearer(access_token) })).status, 200)
    })

    it('say 503 when the storage is away', async () => {
      const person = await newPerson(shop)
      const { users } = shop.cradle
      const { credentials } = users
      const broken = async () => {
        throw new StorageUnavailable(new Error('away'))
      }
      Object.assign(users, { credentials: broken })
      const body = { email: person.email, password: PASSWORD }
      assertProblem(await person.visitor.post(`${AUTH}/login`, body), 503, 'storage-unavailable')
      Object.assign(users, { credentials })
      // It was not a wrong password: it does not count as one.
      for (let i = 0; i < 9; i++) await signIn(person)
    })
  })

  describe(`sessions on ${framework}, when Redis is away`, { skip }, () => {
    it('are answered with 503, requests are not counted, and all is well when it is back', async (t) => {
      const shop = await testShop({
        ...OPTIONS,
        framework,
        state: redisState(),
        variables: { ...OPTIONS.variables, RATE_LIMIT: '1000' },
      })
      t.after(() => shop.stop())
      const person = await newPerson(shop)
      await openSession(person)
      const { state } = shop.cradle
      assert.ok('client' in state)
      const ended = once(state.client, 'end')
      state.client.disconnect()
      await ended
      assertProblem(await person.visitor.ask(`${USERS}/me`), 503, 'storage-unavailable')
      assert.equal((await shop.ask('/api/v1/categories')).status, 200)
      assert.ok(shop.log.lines.some((line) => /requests are not counted/.test(line)))
      await state.client.connect()
      assert.equal((await person.visitor.ask(`${USERS}/me`)).status, 200)
    })
  })
}
