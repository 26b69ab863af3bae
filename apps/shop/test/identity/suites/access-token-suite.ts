import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { decodeJwt, decodeProtectedHeader, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { assertProblem } from '../../catalogue/products.js'
import { type IdentityShop, SECRETS } from '../describe-identity.js'
import { AUTH, bearer, newPerson, openSession, signIn, STAFF, USERS, visitorAs } from '../people.js'

const KEY = new TextEncoder().encode(SECRETS.TOKEN_SECRET)

export function describeAccessTokens(shop: () => IdentityShop): void {
  const me = (token: string) => shop().ask(`${USERS}/me`, { headers: bearer(token) })

  const assertRefused = async (token: string, why?: RegExp): Promise<void> => {
    const answer = await me(token)
    assertProblem(answer, 401, 'unauthenticated')
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="shop", error="invalid_token"', token)
    if (why !== undefined) assert.match(answer.json.detail, why)
  }

  describe('an access token', () => {
    it('says who it is for, who made it, for what and until when', async () => {
      const person = await newPerson(shop())
      const token = (await signIn(person)).json.access_token
      const claims = decodeJwt(token)
      assert.deepEqual(decodeProtectedHeader(token), { alg: 'HS256', typ: 'at+jwt' })
      assert.equal(claims.sub, person.id)
      assert.ok(claims.iss && claims.aud && claims.jti)
      assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 600)
      const again = decodeJwt((await signIn(person)).json.access_token)
      assert.notEqual(again.jti, claims.jti)
    })

    it('is good for 10 minutes and no longer', async () => {
      const token = (await signIn(await newPerson(shop()))).json.access_token
      shop().clock.advance(590_000)
      assert.equal((await me(token)).status, 200)
      shop().clock.advance(11_000)
      await assertRefused(token, /expired/)
    })

    it('is refused when any part of it was changed', async () => {
      const token: string = (await signIn(await newPerson(shop()))).json.access_token
      const [header = '', payload = '', signature = ''] = token.split('.')
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
      const admin = encoded({ ...claims, roles: ['admin'] })
      const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
      for (const changed of [
        `${header}.${admin}.${signature}`,
        `${header}.${payload}.${flipped}`,
        `${header}.${payload}.`,
        `${header}.${payload}`,
        `${encoded({ alg: 'HS512', typ: 'at+jwt' })}.${payload}.${signature}`,
        'x',
        '..',
      ])
        await assertRefused(changed)
    })

    it('is refused without a signature, and with one of another algorithm or key', async () => {
      const token: string = (await signIn(await newPerson(shop()))).json.access_token
      const claims = decodeJwt(token)
      const payload = token.split('.')[1] ?? ''
      for (const alg of ['none', 'None', 'NONE']) {
        await assertRefused(`${encoded({ alg, typ: 'at+jwt' })}.${payload}.`)
      }
      const sign = (key: Parameters<SignJWT['sign']>[0], alg: string) =>
        new SignJWT(claims).setProtectedHeader({ alg, typ: 'at+jwt' }).sign(key)
      await assertRefused(
        await sign(new TextEncoder().encode('another-secret-0123456789-0123456789'), 'HS256'),
      )
      await assertRefused(await sign(new TextEncoder().encode(SECRETS.TOKEN_SECRET.repeat(2)), 'HS512'))
      const { privateKey, publicKey } = await generateKeyPair('EdDSA')
      await assertRefused(await sign(privateKey, 'EdDSA'))
      // A key that comes with the token, and one that stands in it, are nobody's.
      const confused = `${encoded({ alg: 'HS256', typ: 'at+jwt', jwk: { kty: 'oct', k: 'eA' } })}.${payload}`
      const ownKey = createHmac('sha256', await exportSPKI(publicKey))
        .update(confused)
        .digest('base64url')
      await assertRefused(`${confused}.${ownKey}`)
    })

    it('is refused when a claim is missing, or is not ours, though the signature is right', async () => {
      const token: string = (await signIn(await newPerson(shop()))).json.access_token
      const claims = decodeJwt(token)
      const signed = (changes: Record<string, unknown>, typ = 'at+jwt') =>
        new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'HS256', typ }).sign(KEY)
      assert.equal((await me(await signed({}))).status, 200)
      for (const changes of [
        { iss: 'https://evil.example' },
        { iss: undefined },
        { aud: 'another-api' },
        { aud: undefined },
        { sub: undefined },
        { sub: 'root' },
        { jti: undefined },
        { jti: 'x' },
        { exp: undefined },
        { iat: undefined },
        { sid: undefined },
        { gen: '1' },
        { roles: ['root'] },
        { roles: 'admin' },
        { nbf: Math.floor(shop().clock.now().getTime() / 1000) + 3600 },
      ])
        await assertRefused(await signed(changes))
      await assertRefused(await signed({}, 'JWT'))
    })

    it('is asked for in the form that the challenge says', async () => {
      const guest = await shop().ask(`${USERS}/me`)
      assertProblem(guest, 401, 'unauthenticated')
      assert.equal(guest.headers.get('www-authenticate'), 'Bearer realm="shop"')
      for (const field of ['Bearer', 'Bearer ', 'Bearer a b', 'Basic YTpi', 'bearer', 'x'.repeat(5000)]) {
        const answer = await shop().ask(`${USERS}/me`, { headers: { Authorization: field } })
        assertProblem(answer, 401, 'unauthenticated')
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="shop", error="invalid_request"')
      }
    })

    it('decides alone: a session beside a wrong token does not help', async () => {
      const person = await newPerson(shop())
      await openSession(person)
      assert.equal((await person.visitor.ask(`${USERS}/me`)).status, 200)
      const answer = await person.visitor.ask(`${USERS}/me`, { headers: { Authorization: 'Bearer x' } })
      assert.equal(answer.status, 401)
    })

    it('opens what its roles allow, and only that', async () => {
      const product = {
        sku: `ID-${process.pid}-${shop().address.slice(-4)}`,
        name: 'Thing',
        category: 'kitchen',
        price: { amount: 1, currency: 'EUR' },
        stock: 1,
      }
      const customer = bearer((await signIn(await newPerson(shop()))).json.access_token)
      const create = (headers: Record<string, string>) =>
        shop().ask('/api/v1/products', { method: 'POST', headers, json: product })
      assertProblem(await create({}), 401, 'unauthenticated')
      const refused = await create(customer)
      assertProblem(refused, 403, 'forbidden')
      assert.match(refused.json.detail, /catalogue:write/)
      const staff = bearer((await signIn(visitorAs(shop(), STAFF))).json.access_token)
      const created = await create(staff)
      assert.equal(created.status, 201, created.text)
      const path = `/api/v1/products/${created.json.id}`
      for (const [method, json] of [
        ['PUT', product],
        ['PATCH', { stock: 2 }],
        ['DELETE', undefined],
      ] as const) {
        const asking = { method, ...(json && { json }) }
        assertProblem(
          await shop().ask(path, { ...asking, headers: { 'If-Match': '*' } }),
          401,
          'unauthenticated',
        )
        assertProblem(
          await shop().ask(path, { ...asking, headers: { ...customer, 'If-Match': '*' } }),
          403,
          'forbidden',
        )
      }
      assert.equal((await shop().ask(path)).json.version, 1, 'reading is for everybody')
      assert.equal((await shop().ask(path, { method: 'DELETE', headers: staff })).status, 204)
    })

    it('ends with the sign-in that it came of', async () => {
      const person = await newPerson(shop())
      const [first, second] = [
        (await signIn(person)).json.access_token,
        (await signIn(person)).json.access_token,
      ]
      const answer = await person.visitor.post(`${AUTH}/logout`, undefined, bearer(first))
      assert.equal(answer.status, 204)
      await assertRefused(first, /ended/)
      assert.equal((await me(second)).status, 200)
    })
  })
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
