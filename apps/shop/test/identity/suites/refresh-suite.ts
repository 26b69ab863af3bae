import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem } from '../../catalogue/products.js'
import type { Answer } from '../../support/client.js'
import type { IdentityShop } from '../describe-identity.js'
import { AUTH, bearer, newPerson, openSession, signIn, USERS } from '../people.js'
import { setCookiesOf, Visitor } from '../visitor.js'

const REFRESH = `${AUTH}/refresh`
const COOKIE = 'shop.refresh'

export function describeRefresh(shop: () => IdentityShop): void {
  const me = (token: string) => shop().ask(`${USERS}/me`, { headers: bearer(token) })

  /** Sends a refresh token, whoever has it. */
  const refreshWith = (token: string): Promise<Answer> =>
    new Visitor(shop().ask).post(REFRESH, undefined, { Cookie: `${COOKIE}=${token}` })

  const assertOver = (answer: Answer): void => {
    assertProblem(answer, 401, 'unauthenticated')
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/)
    assert.ok(
      setCookiesOf(answer).every((field) => /Expires=Thu, 01 Jan 1970/.test(field)),
      'takes the cookie away',
    )
  }

  describe('a refresh token', () => {
    it('gives an access token, and the next refresh token', async () => {
      const person = await newPerson(shop())
      const signedIn = await signIn(person)
      const first = person.visitor.cookie(COOKIE).value
      shop().clock.advance(601_000)
      assert.equal((await me(signedIn.json.access_token)).status, 401)
      const answer = await person.visitor.post(REFRESH)
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.json.user.id, person.id)
      assert.equal((await me(answer.json.access_token)).status, 200)
      const second = person.visitor.cookie(COOKIE)
      assert.notEqual(second.value, first)
      assert.ok(second.attributes.includes('HttpOnly') && second.attributes.includes('SameSite=Strict'))
      assert.equal(second.path, REFRESH)
    })

    it('is stored as a hash only', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      const token = person.visitor.cookie(COOKIE).value
      assert.equal(await shop().cradle.tokenFamilies.find(token), null)
      assert.ok(Buffer.from(token, 'base64url').length === 32)
    })

    it('that is used again later ends the whole sign-in: nobody knows which of the two is the thief', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      const stolen = person.visitor.cookie(COOKIE).value
      const fresh = await person.visitor.post(REFRESH)
      shop().clock.advance(10_001)
      assertOver(await refreshWith(stolen))
      assertOver(await person.visitor.post(REFRESH))
      assert.equal((await me(fresh.json.access_token)).status, 401, 'its access tokens end too')
      assert.ok(shop().log.lines.some((line) => /used twice/.test(line)))
    })

    it('that a thief uses first is found out when its owner comes', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      const thief = await refreshWith(person.visitor.cookie(COOKIE).value)
      assert.equal(thief.status, 200)
      shop().clock.advance(60_000)
      assertOver(await person.visitor.post(REFRESH))
      const next = /shop\.refresh=([\w-]+)/.exec(setCookiesOf(thief)[0] ?? '')?.[1] ?? ''
      assertOver(await refreshWith(next))
    })

    it('ends no other sign-in of the user when it is used twice', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      const other = { ...person, visitor: new Visitor(shop().ask) }
      await signIn(other)
      const stolen = person.visitor.cookie(COOKIE).value
      await person.visitor.post(REFRESH)
      shop().clock.advance(10_001)
      assertOver(await refreshWith(stolen))
      assert.equal((await other.visitor.post(REFRESH)).status, 200)
    })

    it('from two tabs at once gives both an access token, and one successor', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      const token = person.visitor.cookie(COOKIE).value
      const answers = await Promise.all([refreshWith(token), refreshWith(token), refreshWith(token)])
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200],
      )
      const cookies = answers.flatMap(setCookiesOf)
      assert.equal(cookies.length, 1, 'a copy gets nothing to go on with')
      const next = /shop\.refresh=([\w-]+)/.exec(cookies[0] ?? '')?.[1] ?? ''
      shop().clock.advance(60_000)
      assert.equal((await refreshWith(next)).status, 200)
    })

    it('is over after 30 days, however often it was exchanged', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      shop().clock.advance(29 * 86_400_000)
      assert.equal((await person.visitor.post(REFRESH)).status, 200)
      shop().clock.advance(86_400_001)
      const token = /=([\w-]+)/.exec(`=${person.visitor.cookies.get(COOKIE)?.value ?? ''}`)?.[1] ?? ''
      assertOver(await refreshWith(token))
      assert.ok((await shop().cradle.tokens.removeExpired()) > 0)
      assert.equal(await shop().cradle.tokens.removeExpired(), 0)
      assertOver(await refreshWith(token))
    })

    it('is refused when it is missing or made up', async () => {
      assertOver(await new Visitor(shop().ask).post(REFRESH))
      for (const token of ['x', 'A'.repeat(43), 'j:{"a":1}', 'j:{"__proto__":1}', '%00', 'x'.repeat(4000)])
        assertOver(await refreshWith(token))
    })

    it('is taken from the cookie only', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      const { value } = person.visitor.cookie(COOKIE)
      const elsewhere = new Visitor(shop().ask)
      const sent = await elsewhere.post(REFRESH, { refresh_token: value })
      assertFieldRefused(sent, 'body', '', /was sent/, /no body/)
      assert.equal((await elsewhere.post(`${REFRESH}?refresh_token=${value}`)).status, 401)
      assert.equal((await elsewhere.post(REFRESH, undefined, bearer(value))).status, 401)
    })
  })

  describe('signing out', () => {
    it('ends the refresh token, and takes its cookie away', async () => {
      const person = await newPerson(shop())
      const token = (await signIn(person)).json.access_token
      const { value } = person.visitor.cookie(COOKIE)
      assert.equal((await person.visitor.post(`${AUTH}/logout`, undefined, bearer(token))).status, 204)
      assert.ok(!person.visitor.cookies.has(COOKIE))
      assertOver(await refreshWith(value))
    })

    it('is possible with the refresh token alone, and says the same when there is none', async () => {
      const person = await newPerson(shop())
      const token = (await signIn(person)).json.access_token
      const { value } = person.visitor.cookie(COOKIE)
      assert.equal((await person.visitor.ask(REFRESH, { method: 'DELETE' })).status, 204)
      assert.equal((await me(token)).status, 401)
      assertOver(await refreshWith(value))
      assert.equal((await person.visitor.ask(REFRESH, { method: 'DELETE' })).status, 204)
      assertProblem(await person.visitor.post(`${AUTH}/logout`), 401, 'unauthenticated')
    })

    it('everywhere ends all tokens and sessions of the user, and of nobody else', async () => {
      const [person, other] = [await newPerson(shop()), await newPerson(shop())]
      const tokens = [(await signIn(person)).json.access_token]
      const elsewhere = { ...person, visitor: new Visitor(shop().ask) }
      tokens.push((await signIn(elsewhere)).json.access_token)
      await openSession(elsewhere)
      const otherToken = (await signIn(other)).json.access_token
      const answer = await person.visitor.post(
        `${AUTH}/logout-everywhere`,
        undefined,
        bearer(tokens[0] ?? ''),
      )
      assert.equal(answer.status, 204, answer.text)
      for (const token of tokens) assert.equal((await me(token)).status, 401)
      assert.equal((await elsewhere.visitor.ask(`${USERS}/me`)).status, 401, 'the session')
      assertOver(await elsewhere.visitor.post(REFRESH))
      assert.equal((await me(otherToken)).status, 200)
      assert.equal((await other.visitor.post(REFRESH)).status, 200)
      const again = await signIn(elsewhere)
      assert.equal((await me(again.json.access_token)).status, 200)
      assertProblem(await shop().ask(`${AUTH}/logout-everywhere`, { method: 'POST' }), 401, 'unauthenticated')
    })
  })
}
