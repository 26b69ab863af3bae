import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Redis } from 'ioredis'
import { assertProblem } from '../../catalogue/products.js'
import { redisIsMissing, redisState, REDIS_URL } from '../../support/states.js'
import { postgresIsMissing, postgresStorage } from '../../support/storages.js'
import { type Framework, type TestShop, testShop } from '../../support/test-shop.js'
import { SECRETS } from '../describe-identity.js'
import { AUTH, bearer, newPerson, openSession, signIn, USERS } from '../people.js'
import { Visitor } from '../visitor.js'

/** Two shops on one PostgreSQL and one Redis, as behind a balancer. */
export async function describeTwoInstances(framework: Framework): Promise<void> {
  const skip = (await postgresIsMissing()) || (await redisIsMissing())

  describe(`two instances on ${framework}`, { skip }, () => {
    const storage = postgresStorage()
    const state = redisState()
    const kept = { remove: async () => {} }
    let shops: TestShop[] = []

    before(async () => {
      for (let i = 0; i < 2; i++) {
        const shop = await testShop({
          framework,
          storage: { ...storage, ...kept },
          state: { ...state, ...kept },
          sampleData: false,
          authenticator: 'real',
          variables: { ...SECRETS, TRUST_PROXY: 'loopback', RATE_LIMIT: '30' },
        })
        shops.push(shop)
      }
    })

    after(async () => {
      for (const shop of shops) await shop.stop()
      shops = []
      await state.remove()
      await storage.remove()
    })

    const both = (): [TestShop, TestShop] => {
      const [one, other] = shops
      assert.ok(one && other)
      return [one, other]
    }

    /** The same browser, whose next request goes to the other instance. */
    const at = (shop: TestShop, visitor: Visitor): Visitor => {
      const moved = new Visitor(shop.ask, { address: visitor.address })
      for (const [name, cookie] of visitor.cookies) moved.cookies.set(name, cookie)
      return moved
    }

    it('know the sessions of each other, and that they ended', async () => {
      const [one, other] = both()
      const person = await newPerson(one)
      const token = await openSession(person)
      const there = at(other, person.visitor)
      assert.equal((await there.ask(`${USERS}/me`)).json.id, person.id)
      const out = { method: 'DELETE', headers: { 'X-CSRF-Token': token } }
      assert.equal((await there.ask(`${AUTH}/session`, out)).status, 204)
      assert.equal((await person.visitor.ask(`${USERS}/me`)).status, 401)
    })

    it('keep sessions in Redis, with an end', async () => {
      const [one] = both()
      await openSession(await newPerson(one))
      const client = new Redis(REDIS_URL)
      assert.ok(state.choice.kind === 'redis')
      const [key = ''] = await client.keys(`${state.choice.prefix}session:*`)
      const seconds = await client.ttl(key)
      client.disconnect()
      assert.ok(seconds > 43_000 && seconds <= 43_200, String(seconds))
    })

    it('know the tokens of each other, and exchange a refresh token once', async () => {
      const [one, other] = both()
      const person = await newPerson(one)
      const { access_token } = (await signIn(person)).json
      assert.equal((await other.ask(`${USERS}/me`, { headers: bearer(access_token) })).json.id, person.id)
      const answers = await Promise.all([
        at(one, person.visitor).post(`${AUTH}/refresh`),
        at(other, person.visitor).post(`${AUTH}/refresh`),
      ])
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200],
      )
      assert.equal(answers.filter(({ headers }) => headers.has('set-cookie')).length, 1)
      await person.visitor.post(`${AUTH}/logout-everywhere`, undefined, bearer(access_token))
      assert.equal((await other.ask(`${USERS}/me`, { headers: bearer(access_token) })).status, 401)
    })

    it('count requests together', async () => {
      const [one, other] = both()
      const here = new Visitor(one.ask)
      const there = at(other, here)
      for (let i = 0; i < 15; i++) {
        assert.equal((await here.ask('/api/v1/categories')).status, 200)
        assert.equal((await there.ask('/api/v1/categories')).status, 200)
      }
      assertProblem(await here.ask('/api/v1/categories'), 429, 'too-many-requests')
      assertProblem(await there.ask('/api/v1/categories'), 429, 'too-many-requests')
    })

    it('count guesses together', async () => {
      const [one, other] = both()
      const { email, password } = await newPerson(one)
      const attacker = new Visitor(one.ask)
      const there = at(other, attacker)
      for (let i = 0; i < 4; i++) {
        for (const visitor of [attacker, there]) {
          assert.equal((await visitor.post(`${AUTH}/login`, { email, password: 'a guess' })).status, 401)
        }
      }
      assertProblem(await there.post(`${AUTH}/login`, { email, password }), 429, 'too-many-requests')
    })
  })
}
