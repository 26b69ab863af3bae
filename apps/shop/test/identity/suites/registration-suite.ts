import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem, fieldsOf } from '../../catalogue/products.js'
import type { IdentityShop } from '../describe-identity.js'
import { ADMIN, AUTH, bearer, newEmail, newPerson, PASSWORD, signIn, tokenOf, USERS } from '../people.js'
import { Visitor } from '../visitor.js'

export function describeRegistration(shop: () => IdentityShop): void {
  const countOfUsers = async (): Promise<number> => {
    const headers = bearer(await tokenOf(shop(), ADMIN))
    return (await shop().ask(`${USERS}?limit=1`, { headers })).json.page.items
  }

  describe('registering', () => {
    it('makes a customer, says where, and never shows the password', async () => {
      const email = newEmail()
      const visitor = new Visitor(shop().ask)
      const answer = await visitor.post(`${AUTH}/register`, {
        email: `  ${email.toUpperCase()} `,
        password: PASSWORD,
        name: '  Ada L. ',
      })
      assert.equal(answer.status, 201, answer.text)
      const { id, createdAt, updatedAt, ...rest } = answer.json
      assert.deepEqual(rest, {
        email,
        emailVerified: false,
        name: 'Ada L.',
        roles: ['customer'],
        permissions: [],
        version: 1,
      })
      assert.equal(createdAt, updatedAt)
      assert.equal(answer.headers.get('location'), `${USERS}/${id}`)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.ok(!/argon2|herons/.test(answer.text))
    })

    it('stores an argon2id hash and not the password', async () => {
      const { email } = await newPerson(shop())
      const stored = await shop().cradle.users.credentials(email)
      assert.match(stored?.passwordHash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    })

    it('refuses an address that has an account, however it is written, and stores nothing', async () => {
      const { email, visitor } = await newPerson(shop())
      const before = await countOfUsers()
      const body = { email: email.toUpperCase(), password: 'another password', name: 'B' }
      const answer = await visitor.post(`${AUTH}/register`, body)
      assertProblem(answer, 409, 'email-taken')
      assert.deepEqual(fieldsOf(answer), ['email'])
      assert.equal(await countOfUsers(), before)
      await signIn({ email, password: PASSWORD, visitor })
    })

    it('gives one of two simultaneous registrations the account and the other a 409', async () => {
      const body = { email: newEmail(), password: PASSWORD, name: 'Twin' }
      const visitor = new Visitor(shop().ask)
      const answers = await Promise.all([1, 2].map(() => visitor.post(`${AUTH}/register`, body)))
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
    })

    it('takes no roles: nobody makes himself an admin', async () => {
      const before = await countOfUsers()
      const body = { email: newEmail(), password: PASSWORD, name: 'X', roles: ['admin'] }
      const answer = await new Visitor(shop().ask).post(`${AUTH}/register`, body)
      assertFieldRefused(answer, 'body', 'roles', /not known/, /only email, password, name/)
      assert.equal(await countOfUsers(), before)
    })

    it('takes a password in any composition of its accents for the same', async () => {
      const email = newEmail()
      const visitor = new Visitor(shop().ask)
      await visitor.post(`${AUTH}/register`, { email, password: 'crème brûlée'.normalize('NFC'), name: 'C' })
      await signIn({ email, password: 'crème brûlée'.normalize('NFD'), visitor })
    })

    it('refuses what is no address, no name or no password, names the field, and stores nothing', async () => {
      const right = { email: newEmail(), password: PASSWORD, name: 'Ada' }
      const visitor = new Visitor(shop().ask)
      const before = await countOfUsers()
      const wrong: [string, unknown][] = [
        ...[
          '',
          'ada',
          'ada@',
          '@x.org',
          'a b@x.org',
          'ada@x',
          'ada@x..org',
          'ıada@x.org',
          `${'a'.repeat(300)}@x.org`,
          7,
          null,
          {},
          ['a@x.org'],
        ].map((value): [string, unknown] => ['email', value]),
        ...['', '   ', 'x'.repeat(81), 'a\u0000b', 'a\nb', '\ud800', 7].map((value): [string, unknown] => [
          'name',
          value,
        ]),
        ...[
          '',
          'short',
          'x'.repeat(201),
          'password123',
          'PassWord 1234',
          'aaaaaaaaaaaaaaaa',
          right.email,
          `${'\ud800'.repeat(12)}`,
          12_345_678_901,
        ].map((value): [string, unknown] => ['password', value]),
      ]
      for (const [field, value] of wrong) {
        const answer = await visitor.post(`${AUTH}/register`, { ...right, [field]: value })
        assertFieldRefused(answer, 'body', field, /./, /./)
        const { [field]: _left, ...without } = right as Record<string, unknown>
        assertFieldRefused(await visitor.post(`${AUTH}/register`, without), 'body', field, /is missing/, /./)
      }
      assert.equal(await countOfUsers(), before)
    })

    it('does not repeat a password that it refuses', async () => {
      const body = { email: newEmail(), password: 'aaaaaaaaaaaa', name: 'Ada' }
      const answer = await new Visitor(shop().ask).post(`${AUTH}/register`, body)
      assert.ok(!answer.text.includes('aaaa'), answer.text)
      const short = await new Visitor(shop().ask).post(`${AUTH}/register`, { ...body, password: 'sesame' })
      assert.ok(!short.text.includes('sesame'), short.text)
    })

    it('is bounded for each address', async () => {
      const visitor = new Visitor(shop().ask)
      // Counted as registrations are; so many of them would take long.
      for (let i = 0; i < 50; i++) await shop().cradle.attempts.register(visitor.address)
      const body = { email: newEmail(), password: PASSWORD, name: 'Ada' }
      const answer = await visitor.post(`${AUTH}/register`, body)
      assertProblem(answer, 429, 'too-many-requests')
      assert.ok(Number(answer.headers.get('retry-after')) <= 3600)
      assert.equal(await shop().cradle.users.credentials(body.email), null)
      assert.equal((await new Visitor(shop().ask).post(`${AUTH}/register`, body)).status, 201)
    })
  })
}
