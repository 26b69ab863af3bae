import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem } from '../../catalogue/products.js'
import type { IdentityShop } from '../describe-identity.js'
import { AUTH, bearer, newEmail, newPerson, PASSWORD, signIn, USERS } from '../people.js'
import { setCookiesOf, Visitor } from '../visitor.js'

const LOGIN = `${AUTH}/login`

export function describeSignIn(shop: () => IdentityShop): void {
  describe('signing in', () => {
    it('gives an access token for 10 minutes, the user, and a refresh token in a cookie', async () => {
      const person = await newPerson(shop())
      const answer = await signIn({ ...person, email: ` ${person.email.toUpperCase()}` })
      const { access_token, token_type, expires_in, user } = answer.json
      assert.deepEqual([token_type, expires_in, user.id], ['Bearer', 600, person.id])
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      const me = await shop().ask(`${USERS}/me`, { headers: bearer(access_token) })
      assert.deepEqual(me.json, user)
      const [field, ...others] = setCookiesOf(answer)
      assert.deepEqual(others, [])
      assert.match(
        field ?? '',
        /^shop\.refresh=[\w-]{43}; Path=\/api\/v1\/auth\/refresh; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
      )
      assert.ok(!answer.text.includes(person.visitor.cookie('shop.refresh').value), 'not in the body')
    })

    it('marks the cookie Secure when the request came over https', async () => {
      const person = await newPerson(shop(), { 'X-Forwarded-Proto': 'https' })
      await signIn(person)
      assert.ok(person.visitor.cookie('shop.refresh').attributes.includes('Secure'))
    })

    it('answers an unknown address and a wrong password the same', async () => {
      const { email, visitor } = await newPerson(shop())
      const wrong = await visitor.post(LOGIN, { email, password: 'not the password' })
      const unknown = await visitor.post(LOGIN, { email: newEmail(), password: 'not the password' })
      assertProblem(wrong, 401, 'wrong-credentials')
      assert.match(wrong.headers.get('www-authenticate') ?? '', /^Bearer/)
      assert.equal(unknown.status, wrong.status)
      assert.equal(unknown.text, wrong.text)
      const fieldsOf = (headers: Headers) =>
        [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
      assert.deepEqual(fieldsOf(unknown.headers), fieldsOf(wrong.headers))
    })

    it('does the work of a hash for addresses that are unknown too', async () => {
      const { passwords } = shop().cradle
      assert.equal(await passwords.verify(null, 'whatever'), false)
      const original = passwords.verify.bind(passwords)
      const asked: (string | null)[] = []
      passwords.verify = (hash, password) => {
        asked.push(hash)
        return original(hash, password)
      }
      await new Visitor(shop().ask).post(LOGIN, { email: newEmail(), password: PASSWORD })
      passwords.verify = original
      assert.deepEqual(asked, [null])
    })

    it('refuses input that is wrong and names the field', async () => {
      const visitor = new Visitor(shop().ask)
      for (const path of [LOGIN, `${AUTH}/session`]) {
        for (const [field, body] of [
          ['email', { password: PASSWORD }],
          ['email', { email: 'x', password: PASSWORD }],
          ['email', { email: { $ne: null }, password: PASSWORD }],
          ['password', { email: 'a@x.org' }],
          ['password', { email: 'a@x.org', password: '' }],
          ['password', { email: 'a@x.org', password: 'x'.repeat(201) }],
          ['password', { email: 'a@x.org', password: ['x'] }],
          ['remember', { email: 'a@x.org', password: 'x', remember: true }],
          ['', [1]],
        ] as const) {
          assertFieldRefused(await visitor.post(path, body), 'body', field, /./, /./)
        }
        assertProblem(await visitor.post(path), 400, 'invalid-input')
        const form = {
          method: 'POST',
          body: 'email=a',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        }
        assertProblem(await visitor.ask(path, form), 415, 'unsupported-media-type')
        const large = { email: 'a@x.org', password: 'x'.repeat(70_000) }
        assertProblem(await visitor.post(path, large), 413, 'body-too-large')
      }
      assert.equal(visitor.cookies.size, 0)
    })
  })

  describe('guessing passwords', () => {
    const guess = (visitor: Visitor, email: string) =>
      visitor.post(LOGIN, { email, password: 'a wrong guess' })

    it('at one account from one address ends after 8, also for the right one, and only there', async () => {
      const person = await newPerson(shop())
      const { email, password } = person
      const attacker = new Visitor(shop().ask)
      for (let i = 0; i < 8; i++) assertProblem(await guess(attacker, email), 401, 'wrong-credentials')
      const refused = await attacker.post(LOGIN, { email, password })
      assertProblem(refused, 429, 'too-many-requests')
      const wait = Number(refused.headers.get('retry-after'))
      assert.ok(wait > 0 && wait <= 900, String(wait))
      await signIn(person)
      const other = await newPerson(shop())
      await signIn({ ...other, visitor: attacker })
    })

    it('is the same for an address that has no account', async () => {
      const email = newEmail()
      const attacker = new Visitor(shop().ask)
      for (let i = 0; i < 8; i++) assertProblem(await guess(attacker, email), 401, 'wrong-credentials')
      assertProblem(await guess(attacker, email), 429, 'too-many-requests')
    })

    it('counts many at the same time', async () => {
      const { email } = await newPerson(shop())
      const attacker = new Visitor(shop().ask)
      const answers = await Promise.all(Array.from({ length: 14 }, () => guess(attacker, email)))
      const tried = answers.filter(({ status }) => status === 401).length
      assert.ok(tried > 0 && tried <= 8, String(tried))
      assert.ok(answers.every(({ status }) => status === 401 || status === 429))
    })

    it('from many addresses ends too, for 5 minutes at most, and never where the owner has signed in', async () => {
      const person = await newPerson(shop())
      const { email, password } = person
      await signIn(person)
      // Each of these addresses stays below its own limit.
      for (let i = 0; i < 4; i++) {
        const attacker = new Visitor(shop().ask)
        for (let j = 0; j < 5; j++) assertProblem(await guess(attacker, email), 401, 'wrong-credentials')
      }
      const stranger = await new Visitor(shop().ask).post(LOGIN, { email, password })
      assertProblem(stranger, 429, 'too-many-requests')
      assert.ok(Number(stranger.headers.get('retry-after')) <= 300)
      await signIn(person)
    })

    it('at many accounts from one address ends after 50', async () => {
      const { visitor, email, password } = await newPerson(shop())
      for (let i = 0; i < 50; i++) {
        const attempt = shop().cradle.userAccounts.signIn(`n${i}@example.com`, '', visitor.address)
        await assert.rejects(attempt, { name: 'WrongCredentials' })
      }
      assertProblem(await visitor.post(LOGIN, { email, password }), 429, 'too-many-requests')
      await signIn({ email, password, visitor: new Visitor(shop().ask) })
    })

    it('begins anew after a success', async () => {
      const person = await newPerson(shop())
      for (let round = 0; round < 2; round++) {
        for (let i = 0; i < 7; i++)
          assertProblem(await guess(person.visitor, person.email), 401, 'wrong-credentials')
        await signIn(person)
      }
    })

    it('is not helped by an address that the client makes up, where no proxy is trusted with it', async () => {
      const { email } = await newPerson(shop())
      const attacker = new Visitor(shop().ask)
      // The proxy appends the address that it sees; what stands before it, the client wrote.
      for (let i = 0; i < 8; i++) {
        const headers = { 'X-Forwarded-For': `203.0.113.${i}, ${attacker.address}` }
        await attacker.post(LOGIN, { email, password: 'a wrong guess' }, headers)
      }
      assertProblem(await guess(attacker, email), 429, 'too-many-requests')
    })
  })
}
