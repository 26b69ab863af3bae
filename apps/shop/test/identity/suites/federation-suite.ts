import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertFieldRefused, assertProblem } from '../../catalogue/products.js'
import type { Answer } from '../../support/client.js'
import { memoryState, type TestState } from '../../support/states.js'
import type { TestStorage } from '../../support/storages.js'
import { type Framework, type TestShop, testShop } from '../../support/test-shop.js'
import { SECRETS } from '../describe-identity.js'
import { CLIENT, TestIdentityProvider } from '../identity-provider.js'
import { AUTH, newEmail, newPerson, openSession, PASSWORD, signIn, USERS } from '../people.js'
import { Visitor } from '../visitor.js'

const BEGIN = '/sign-in/oidc'
/** What a browser sends that follows a link. */
const HTML = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

/** Signing in through an identity provider; its answers are those of a real implementation. */
export function describeFederation(
  framework: Framework,
  title: string,
  createStorage: () => TestStorage,
  createState: () => TestState = memoryState,
  skip: string | false = false,
): void {
  describe(`signing in through an identity provider on ${framework} with ${title}`, { skip }, () => {
    let provider: TestIdentityProvider
    let shop: TestShop
    let subjects = 0

    before(async () => {
      provider = await TestIdentityProvider.listen()
      shop = await testShop({
        framework,
        storage: createStorage(),
        state: createState(),
        sampleData: false,
        authenticator: 'real',
        variables: {
          ...SECRETS,
          TRUST_PROXY: 'loopback',
          OIDC_ISSUER: provider.issuer,
          OIDC_CLIENT_ID: CLIENT.id,
          OIDC_CLIENT_SECRET: CLIENT.secret,
        },
      })
    })

    after(async () => {
      await shop?.stop()
      await provider?.close()
    })

    const newSubject = (email: string, verified: unknown = true): string => {
      const subject = `subject-${++subjects}`
      provider.add(subject, { email, email_verified: verified, name: 'Grace O.' })
      return subject
    }

    const begin = async (visitor: Visitor, query = ''): Promise<URL> => {
      const answer = await visitor.ask(`${BEGIN}${query}`)
      assert.equal(answer.status, 302, answer.text)
      return new URL(answer.headers.get('location') ?? '')
    }

    /** The whole way; gives the answer to the callback. */
    const signInAs = async (visitor: Visitor, subject: string | null, query = ''): Promise<Answer> =>
      visitor.ask(await provider.visit((await begin(visitor, query)).href, subject))

    const assertRefused = (answer: Answer, visitor: Visitor, why: RegExp): void => {
      assertProblem(answer, 403, 'sign-in-refused')
      assert.match(answer.json.detail, why)
      assert.ok(!visitor.cookies.has('shop.session'))
    }

    const countOfUsers = async () => (await shop.cradle.users.page({ role: null }, 0, 1)).total

    it('says 503 while the provider does not answer, and works when it is back', async () => {
      const visitor = new Visitor(shop.ask)
      const answer = await visitor.ask(BEGIN)
      assertProblem(answer, 503, 'identity-provider-unavailable')
      assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
      const browser = await visitor.ask(`${BEGIN}?returnTo=/orders`, { headers: HTML })
      assert.deepEqual(
        [browser.status, browser.headers.get('location')],
        [303, '/sign-in?failed=unavailable&then=%2Forders'],
      )
      await provider.open(`${shop.address}${BEGIN}/callback`)
      await begin(visitor)
    })

    it('asks for a code with PKCE, state and nonce, and keeps what is secret of them', async () => {
      const visitor = new Visitor(shop.ask)
      const { origin, searchParams } = await begin(visitor)
      assert.equal(origin, provider.issuer)
      assert.equal(searchParams.get('response_type'), 'code')
      assert.equal(searchParams.get('code_challenge_method'), 'S256')
      assert.equal(searchParams.get('redirect_uri'), `${shop.address}${BEGIN}/callback`)
      for (const name of ['state', 'nonce', 'code_challenge'])
        assert.ok((searchParams.get(name) ?? '').length >= 43)
      assert.equal(searchParams.get('code_verifier'), null)
      const { attributes, path, value } = visitor.cookie('shop.oidc')
      assert.ok(attributes.includes('HttpOnly') && attributes.includes('SameSite=Lax') && path === BEGIN)
      assert.ok(!value.includes(searchParams.get('state') ?? '-'))
      const again = (await begin(visitor)).searchParams
      for (const name of ['state', 'nonce', 'code_challenge'])
        assert.notEqual(again.get(name), searchParams.get(name))
    })

    it('makes an account for a verified address, opens a session, and knows it the next time', async () => {
      const email = newEmail()
      const subject = newSubject(email.toUpperCase())
      const visitor = new Visitor(shop.ask)
      const answer = await signInAs(visitor, subject, '?returnTo=/orders%3Fpage=2')
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/orders?page=2'])
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.ok(!visitor.cookies.has('shop.oidc'))
      const me = (await visitor.ask(`${USERS}/me`)).json
      assert.deepEqual(
        [me.email, me.emailVerified, me.name, me.roles],
        [email, true, 'Grace O.', ['customer']],
      )
      const session = await visitor.ask(`${AUTH}/session`)
      assert.ok(session.json.csrfToken)
      const before = await countOfUsers()
      // The address may change; the subject stays.
      provider.add(subject, { email: newEmail(), email_verified: false })
      const next = new Visitor(shop.ask)
      assert.equal((await signInAs(next, subject)).headers.get('location'), '/')
      assert.equal((await next.ask(`${USERS}/me`)).json.id, me.id)
      assert.equal(await countOfUsers(), before)
      const { visitor: other } = await newPerson(shop)
      const byPassword = await other.post(`${AUTH}/login`, { email, password: '' })
      assert.equal(byPassword.status, 400)
      assertProblem(
        await other.post(`${AUTH}/login`, { email, password: PASSWORD }),
        401,
        'wrong-credentials',
      )
    })

    it('gives the session a new id', async () => {
      const person = await newPerson(shop)
      await openSession(person)
      const before = person.visitor.cookie('shop.session').value
      assert.equal((await signInAs(person.visitor, newSubject(newEmail()))).status, 303)
      assert.notEqual(person.visitor.cookie('shop.session').value, before)
    })

    it('refuses an address that the provider has not verified, and writes nothing', async () => {
      const person = await newPerson(shop)
      const before = await countOfUsers()
      for (const email of [person.email, newEmail()]) {
        for (const verified of [false, 'true', 1, undefined]) {
          const visitor = new Visitor(shop.ask)
          const answer = await signInAs(visitor, newSubject(email, verified ?? null))
          assertRefused(answer, visitor, /not verified/)
        }
      }
      const nameless = `subject-${++subjects}`
      provider.add(nameless, { name: 'No Address' })
      const visitor = new Visitor(shop.ask)
      assertRefused(await signInAs(visitor, nameless), visitor, /not verified/)
      assert.equal(await countOfUsers(), before)
      await signIn(person)
    })

    it('takes over an account that was registered under an address that nobody had verified', async () => {
      // Somebody may have registered it to lie in wait for its owner.
      const trap = await newPerson(shop)
      const token = (await signIn(trap)).json.access_token
      await openSession(trap)
      const owner = new Visitor(shop.ask)
      assert.equal((await signInAs(owner, newSubject(trap.email))).status, 303)
      const me = (await owner.ask(`${USERS}/me`)).json
      assert.deepEqual([me.id, me.emailVerified], [trap.id, true])
      const login = await trap.visitor.post(`${AUTH}/login`, { email: trap.email, password: trap.password })
      assertProblem(login, 401, 'wrong-credentials')
      assert.equal((await trap.visitor.ask(`${USERS}/me`)).status, 401, 'the session')
      assert.equal((await trap.visitor.post(`${AUTH}/refresh`)).status, 401)
      const headers = { Authorization: `Bearer ${token}` }
      assert.equal((await shop.ask(`${USERS}/me`, { headers })).status, 401, 'the access token')
    })

    it('links an account whose address was verified, and leaves its password', async () => {
      const account = {
        email: 'grace@shop.example',
        password: 'shop-grace-demo',
        visitor: new Visitor(shop.ask),
      }
      const { user } = (await signIn(account)).json
      const visitor = new Visitor(shop.ask)
      assert.equal((await signInAs(visitor, newSubject(account.email))).status, 303)
      assert.equal((await visitor.ask(`${USERS}/me`)).json.id, user.id)
      await signIn(account)
    })

    it('refuses an answer whose state is another, is missing, or comes twice', async () => {
      for (const change of [
        (query: URLSearchParams) => query.set('state', 'another'),
        (query: URLSearchParams) => query.delete('state'),
        (query: URLSearchParams) => query.append('state', 'another'),
      ]) {
        const visitor = new Visitor(shop.ask)
        const answer = await visitor.ask(await cameBackWith(visitor, change))
        assertRefused(answer, visitor, /does not belong/)
      }
    })

    it('refuses an answer that names another issuer, or none', async () => {
      for (const change of [
        (query: URLSearchParams) => query.set('iss', 'https://evil.example'),
        (query: URLSearchParams) => query.delete('iss'),
      ]) {
        const visitor = new Visitor(shop.ask)
        const answer = await visitor.ask(await cameBackWith(visitor, change))
        assertRefused(answer, visitor, /does not belong/)
      }
    })

    it('refuses a token with another nonce', async () => {
      const visitor = new Visitor(shop.ask)
      const address = await begin(visitor)
      address.searchParams.set('nonce', 'another-nonce')
      const path = await provider.visit(address.href, newSubject(newEmail()))
      assertRefused(await visitor.ask(path), visitor, /does not belong/)
    })

    it('refuses a code that was asked for with another challenge (PKCE), or was made up', async () => {
      const visitor = new Visitor(shop.ask)
      const address = await begin(visitor)
      address.searchParams.set('code_challenge', 'A'.repeat(43))
      const path = await provider.visit(address.href, newSubject(newEmail()))
      assertRefused(await visitor.ask(path), visitor, /invalid_grant/)
      const another = new Visitor(shop.ask)
      const made = await cameBackWith(another, (query) => query.set('code', 'made-up'))
      assertRefused(await another.ask(made), another, /invalid_grant/)
    })

    it('refuses the answer to somebody else: nobody is signed in to the account of an attacker', async () => {
      const attacker = new Visitor(shop.ask)
      const path = await provider.visit((await begin(attacker)).href, newSubject(newEmail()))
      const victim = new Visitor(shop.ask)
      assertRefused(await victim.ask(path), victim, /has not begun/)
      await begin(victim)
      assertRefused(await victim.ask(path), victim, /does not belong/)
      for (const value of ['', 'x', 'j:{"a":1}', 'j:{"__proto__":1}']) {
        const headers = { Cookie: `shop.oidc=${value}` }
        assertRefused(await shop.ask(path, { headers }), new Visitor(shop.ask), /has not begun/)
      }
    })

    it('takes an answer once', async () => {
      const visitor = new Visitor(shop.ask)
      const path = await provider.visit((await begin(visitor)).href, newSubject(newEmail()))
      const cookie = visitor.cookie('shop.oidc')
      assert.equal((await visitor.ask(path)).status, 303)
      const copy = new Visitor(shop.ask)
      copy.cookies.set('shop.oidc', cookie)
      assertRefused(await copy.ask(path), copy, /has not begun/)
    })

    it('says so when the user says no', async () => {
      const visitor = new Visitor(shop.ask)
      assertRefused(await signInAs(visitor, null), visitor, /access_denied/)
      const empty = new Visitor(shop.ask)
      await begin(empty)
      assertRefused(await empty.ask(`${BEGIN}/callback`), empty, /does not belong/)
    })

    it('sends a browser that is not signed in back to the sign-in page, with a word for why', async () => {
      const comeBack = async (subject: string | null) => {
        const visitor = new Visitor(shop.ask)
        const path = await provider.visit((await begin(visitor)).href, subject)
        const answer = await visitor.ask(path, { headers: HTML })
        assert.ok(!visitor.cookies.has('shop.session'))
        return [answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]
      }
      assert.deepEqual(await comeBack(null), [303, '/sign-in?failed=refused', 'no-store'])
      const unverified = newSubject(newEmail(), false)
      assert.deepEqual(await comeBack(unverified), [303, '/sign-in?failed=unverified', 'no-store'])
    })

    it('is one of the ways to sign in, under the name that it was given, or that of its host', async () => {
      const { items } = (await shop.ask(`${AUTH}/providers`)).json
      assert.deepEqual(items, [{ name: '127.0.0.1', href: BEGIN }])
    })

    it('sends nobody to another site afterwards', async () => {
      const visitor = new Visitor(shop.ask)
      for (const path of [
        'https://evil.example',
        '//evil.example',
        '/\\evil.example',
        'evil',
        '',
        '/a\nb',
        `/${'x'.repeat(500)}`,
      ]) {
        const answer = await visitor.ask(`${BEGIN}?returnTo=${encodeURIComponent(path)}`)
        assertFieldRefused(answer, 'query', 'returnTo', /./, /a path of this site/)
      }
      assertFieldRefused(await visitor.ask(`${BEGIN}?next=/`), 'query', 'next', /./, /returnTo/)
      assert.equal(visitor.cookies.size, 0)
    })

    /** The answer of the provider, changed on its way. */
    const cameBackWith = async (
      visitor: Visitor,
      change: (query: URLSearchParams) => void,
    ): Promise<string> => {
      const path = await provider.visit((await begin(visitor)).href, newSubject(newEmail()))
      const address = new URL(path, shop.address)
      change(address.searchParams)
      return `${address.pathname}${address.search}`
    }
  })
}
