import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertProblem } from '../../catalogue/products.js'
import type { IdentityShop } from '../describe-identity.js'
import { AUTH, signIn, visitorAs } from '../people.js'

export function describeProviders(shop: () => IdentityShop): void {
  describe('the ways to sign in', () => {
    it('are the password alone where no identity provider is configured', async () => {
      const answer = await shop().ask(`${AUTH}/providers`)
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.json.items, [])
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assertProblem(await shop().ask(`${AUTH}/providers`, { method: 'POST' }), 405, 'method-not-allowed')
    })

    it('have accounts to try in development, whose passwords are good', async () => {
      const { demoAccounts } = (await shop().ask('/api/v2/auth/providers')).json
      assert.deepEqual(
        demoAccounts.map(({ email }: { email: string }) => email),
        ['admin@shop.example', 'staff@shop.example', 'ada@shop.example', 'grace@shop.example'],
      )
      for (const { email, password, name, roles } of demoAccounts) {
        const { user } = (await signIn(visitorAs(shop(), { email, password }))).json
        assert.deepEqual([user.name, user.roles], [name, roles])
      }
    })
  })
}
