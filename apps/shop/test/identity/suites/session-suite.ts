import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertProblem } from '../../catalogue/products.js'
import type { IdentityShop } from '../describe-identity.js'
import { AUTH, newPerson, openSession, signIn, STAFF, USERS, visitorAs } from '../people.js'
import { setCookiesOf, Visitor } from '../visitor.js'

const SESSION = `${AUTH}/session`
const COOKIE = 'shop.session'
const MARK = 'shop.signed-in'

export function describeSessions(shop: () => IdentityShop): void {
  const idOf = (visitor: Visitor) => visitor.cookie(COOKIE).value

  describe('a session', () => {
    it('says who is there, and ends when it is signed out of', async () => {
      const person = await newPerson(shop())
      const { visitor } = person
      assertProblem(await visitor.ask(SESSION), 401, 'unauthenticated')
      const token = await openSession(person)
      const read = await visitor.ask(SESSION)
      assert.equal(read.status, 200)
      assert.deepEqual([read.json.user.id, read.json.csrfToken], [person.id, token])
      assert.equal(read.headers.get('cache-control'), 'no-store')
      assert.equal((await visitor.ask(`${USERS}/me`)).json.id, person.id)
      const { value } = visitor.cookie(COOKIE)
      const out = await visitor.ask(SESSION, { method: 'DELETE', headers: { 'X-CSRF-Token': token } })
      assert.equal(out.status, 204)
      // Also for whoever has a copy of the cookie.
      const copy = await new Visitor(shop().ask).ask(`${USERS}/me`, {
        headers: { Cookie: `${COOKIE}=${value}` },
      })
      assertProblem(copy, 401, 'unauthenticated')
    })

    it('is in a cookie that scripts can not read, and that other sites can not post', async () => {
      const person = await newPerson(shop())
      await openSession(person)
      const { attributes } = person.visitor.cookie(COOKIE)
      assert.ok(
        attributes.includes('HttpOnly') &&
          attributes.includes('SameSite=Lax') &&
          attributes.includes('Path=/'),
      )
      assert.ok(
        !attributes.includes('Secure') && !attributes.some((attribute) => attribute.startsWith('Domain')),
      )
      const secure = await newPerson(shop(), { 'X-Forwarded-Proto': 'https' })
      await openSession(secure)
      assert.ok(secure.visitor.cookie(COOKIE).attributes.includes('Secure'))
    })

    it('leaves a mark that scripts can read: it says that there is one, proves nothing, and goes with it', async () => {
      const person = await newPerson(shop())
      const token = await openSession(person)
      const { visitor } = person
      const { value, attributes } = visitor.cookie(MARK)
      assert.equal(value, 'by-session')
      assert.ok(!attributes.includes('HttpOnly') && attributes.includes('SameSite=Strict'))
      const headers = { Cookie: `${MARK}=by-session` }
      assertProblem(await shop().ask(`${USERS}/me`, { headers }), 401, 'unauthenticated')
      // A page that asks in vain does not ask again.
      const inVain = await shop().ask(SESSION, { headers })
      assert.deepEqual([inVain.status, setCookiesOf(inVain).length], [401, 1])
      assert.match(setCookiesOf(inVain)[0] ?? '', /^shop\.signed-in=;.*Expires=Thu, 01 Jan 1970/)
      await visitor.ask(SESSION, { method: 'DELETE', headers: { 'X-CSRF-Token': token } })
      assert.deepEqual([visitor.cookies.has(MARK), visitor.cookies.has(COOKIE)], [false, false])
    })

    it('that has ended does not make a guest of who names its token', async () => {
      const person = await newPerson(shop())
      const token = await openSession(person)
      const headers = { 'X-CSRF-Token': token }
      assert.equal((await person.visitor.ask('/api/v1/cart', { headers })).status, 200)
      await person.visitor.ask(SESSION, { method: 'DELETE', headers })
      for (const method of ['GET', 'DELETE'])
        assertProblem(await person.visitor.ask('/api/v1/cart', { method, headers }), 401, 'unauthenticated')
      assert.equal((await person.visitor.ask('/api/v1/cart')).status, 200)
    })

    it('is not made for guests', async () => {
      const visitor = new Visitor(shop().ask)
      for (const path of ['/', '/api/v1/products', SESSION]) await visitor.ask(path)
      await visitor.post(SESSION, { email: 'nobody@example.com', password: 'x' })
      assert.equal(visitor.cookies.size, 0)
    })

    it('gets a new id at each sign-in, and the old one is worth nothing (fixation)', async () => {
      const [attacker, victim] = [await newPerson(shop()), await newPerson(shop())]
      await openSession(attacker)
      const planted = idOf(attacker.visitor)
      // The attacker’s own session ends, or the visitor could not sign in without its token; the id stays known.
      victim.visitor.cookies.set(COOKIE, attacker.visitor.cookie(COOKIE))
      const token = (await victim.visitor.ask(SESSION)).json.csrfToken
      const { email, password } = victim
      const answer = await victim.visitor.post(SESSION, { email, password }, { 'X-CSRF-Token': token })
      assert.equal(answer.status, 200, answer.text)
      assert.notEqual(idOf(victim.visitor), planted)
      const withPlanted = await new Visitor(shop().ask).ask(`${USERS}/me`, {
        headers: { Cookie: `${COOKIE}=${planted}` },
      })
      assertProblem(withPlanted, 401, 'unauthenticated')
      const made = await newPerson(shop())
      made.visitor.cookies.set(COOKIE, { value: 's%3Amade-up.signature', path: '/', attributes: [] })
      await openSession(made)
      assert.ok(!idOf(made.visitor).includes('made-up'))
    })

    it('is refused when its id was changed', async () => {
      const person = await newPerson(shop())
      await openSession(person)
      const value = idOf(person.visitor)
      for (const changed of [
        value.slice(0, -1),
        `${value}x`,
        value.replace('.', 'x.'),
        decodeURIComponent(value).slice(2),
      ]) {
        const answer = await new Visitor(shop().ask).ask(`${USERS}/me`, {
          headers: { Cookie: `${COOKIE}=${changed}` },
        })
        assertProblem(answer, 401, 'unauthenticated')
      }
    })

    it('ends after 12 hours, however much it is used', async () => {
      const person = await newPerson(shop())
      await openSession(person)
      for (let hour = 0; hour < 11; hour++) {
        shop().clock.advance(3_600_000)
        assert.equal((await person.visitor.ask(`${USERS}/me`)).status, 200)
      }
      shop().clock.advance(3_600_001)
      assert.equal((await person.visitor.ask(`${USERS}/me`)).status, 401)
      // And it is not in the way of the next one.
      await openSession(person)
      assert.equal((await person.visitor.ask(`${USERS}/me`)).status, 200)
    })

    it('gives nothing to who signs in by tokens', async () => {
      const person = await newPerson(shop())
      const answer = await signIn(person)
      assert.ok(!person.visitor.cookies.has(COOKIE))
      const headers = { Authorization: `Bearer ${answer.json.access_token}` }
      assertProblem(await shop().ask(SESSION, { headers }), 401, 'unauthenticated')
    })
  })

  describe('a forged request', () => {
    const create = (visitor: Visitor, headers: Record<string, string> = {}) =>
      visitor.post('/api/v1/products', { sku: '!' }, headers)

    /** That the body is looked at shows that the request was let in. */
    const assertLetIn = async (visitor: Visitor, headers: Record<string, string>): Promise<void> =>
      assertProblem(await create(visitor, headers), 400, 'invalid-input')

    it('with a session needs the token of this session', async () => {
      const staff = visitorAs(shop(), STAFF)
      const token = await openSession(staff)
      assertProblem(await create(staff.visitor), 403, 'forged-request')
      await assertLetIn(staff.visitor, { 'X-CSRF-Token': token })
      for (const wrong of ['', 'x', `${token}x`, token.slice(1), token.split('.')[0] ?? '']) {
        assertProblem(await create(staff.visitor, { 'X-CSRF-Token': wrong }), 403, 'forged-request')
      }
      for (const [path, method] of [
        [SESSION, 'DELETE'],
        [`${AUTH}/logout-everywhere`, 'POST'],
        [`${USERS}/${'0'.repeat(8)}-0000-7000-8000-000000000000`, 'PATCH'],
        ['/api/v1/products/1', 'DELETE'],
      ] as const) {
        assertProblem(await staff.visitor.ask(path, { method }), 403, 'forged-request')
      }
      assert.equal((await staff.visitor.ask(SESSION)).status, 200, 'nothing happened')
    })

    it('can not use the token of another session, nor a cookie that was planted', async () => {
      const [staff, attacker] = [visitorAs(shop(), STAFF), await newPerson(shop())]
      await openSession(staff)
      const foreign = await openSession(attacker)
      // A neighbour under the same domain can set cookies for ours.
      staff.visitor.cookies.set('shop.csrf', attacker.visitor.cookie('shop.csrf'))
      assertProblem(await create(staff.visitor, { 'X-CSRF-Token': foreign }), 403, 'forged-request')
      const made = `${'a'.repeat(64)}.${'b'.repeat(64)}`
      staff.visitor.cookies.set('shop.csrf', { value: made, path: '/', attributes: [] })
      assertProblem(await create(staff.visitor, { 'X-CSRF-Token': made }), 403, 'forged-request')
      const { csrfToken } = (await staff.visitor.ask(SESSION)).json
      await assertLetIn(staff.visitor, { 'X-CSRF-Token': csrfToken })
    })

    it('can not use a token without its cookie', async () => {
      const staff = visitorAs(shop(), STAFF)
      const token = await openSession(staff)
      staff.visitor.cookies.delete('shop.csrf')
      assertProblem(await create(staff.visitor, { 'X-CSRF-Token': token }), 403, 'forged-request')
    })

    it('from a page of another site is refused, whatever token it has', async () => {
      const staff = visitorAs(shop(), STAFF)
      const token = await openSession(staff)
      const { host } = new URL(shop().address)
      for (const fields of [
        { Origin: 'https://evil.example' },
        { Origin: 'null' },
        { Origin: `http://${host}.evil.example` },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { 'Sec-Fetch-Site': 'cross-site', Origin: `http://${host}` },
      ]) {
        assertProblem(
          await create(staff.visitor, { ...fields, 'X-CSRF-Token': token } as Record<string, string>),
          403,
          'forged-request',
        )
      }
      for (const fields of [
        { Origin: `http://${host}` },
        { 'Sec-Fetch-Site': 'same-origin', Origin: `http://${host}` },
        { 'Sec-Fetch-Site': 'none' },
      ]) {
        await assertLetIn(staff.visitor, { ...fields, 'X-CSRF-Token': token } as Record<string, string>)
      }
    })

    it('can neither sign a visitor in to another account, nor out, nor use the refresh cookie', async () => {
      const person = await newPerson(shop())
      await signIn(person)
      const { email, password, visitor } = person
      const headers = { Origin: 'https://evil.example' }
      for (const path of [`${AUTH}/login`, SESSION, `${AUTH}/register`]) {
        const answer = await visitor.post(path, { email, password }, headers)
        assertProblem(answer, 403, 'forged-request')
        assert.deepEqual(setCookiesOf(answer), [])
      }
      assertProblem(await visitor.post(`${AUTH}/refresh`, undefined, headers), 403, 'forged-request')
      assertProblem(
        await visitor.ask(`${AUTH}/refresh`, { method: 'DELETE', headers }),
        403,
        'forged-request',
      )
      assert.equal((await visitor.post(`${AUTH}/refresh`)).status, 200)
    })

    it('is no matter for who sends a bearer token: no browser adds that by itself', async () => {
      const staff = visitorAs(shop(), STAFF)
      const { access_token } = (await signIn(staff)).json
      await openSession(staff)
      await assertLetIn(staff.visitor, {
        Authorization: `Bearer ${access_token}`,
        Origin: 'https://app.example',
      })
    })
  })
}
