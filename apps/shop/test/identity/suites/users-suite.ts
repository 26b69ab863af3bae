import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem } from '../../catalogue/products.js'
import type { IdentityShop } from '../describe-identity.js'
import { ADMIN, AUTH, bearer, newPerson, openSession, signIn, STAFF, tokenOf, USERS } from '../people.js'

const NOBODY = '00000000-0000-7000-8000-000000000000'

export function describeUsers(shop: () => IdentityShop): void {
  const asAdmin = async () => bearer(await tokenOf(shop(), ADMIN))
  const patch = async (id: string, json: unknown, headers: Record<string, string> = {}) =>
    shop().ask(`${USERS}/${id}`, { method: 'PATCH', json, headers: { ...(await asAdmin()), ...headers } })

  describe('the users', () => {
    it('are listed by page for admins, in the order in which they came', async () => {
      const [first, second] = [await newPerson(shop()), await newPerson(shop())]
      const headers = await asAdmin()
      const list = await shop().ask(`${USERS}?limit=100`, { headers })
      assert.equal(list.status, 200)
      const ids = list.json.items.map(({ id }: { id: string }) => id)
      assert.ok(ids.indexOf(first.id) >= 0 && ids.indexOf(first.id) < ids.indexOf(second.id))
      assert.ok(!/argon2|assword/.test(list.text))
      const { items } = list.json.page
      const small = (await shop().ask(`${USERS}?limit=2&page=2`, { headers })).json
      assert.deepEqual(small.page, { number: 2, size: 2, items, pages: Math.ceil(items / 2) })
      assert.deepEqual(small.items, list.json.items.slice(2, 4))
      const admins = (await shop().ask(`${USERS}?role=admin`, { headers })).json
      assert.ok(admins.items.some(({ email }: { email: string }) => email === ADMIN.email))
      assert.ok(admins.items.every(({ roles }: { roles: string[] }) => roles.includes('admin')))
    })

    it('are known to the other modules by their names, those that there are', async () => {
      const [person, other] = [await newPerson(shop()), await newPerson(shop())]
      const { userDirectory } = shop().cradle
      const names = await userDirectory.namesOf([person.id, NOBODY, 'x', other.id, person.id])
      const expected = [person, other].map(({ id }): [string, string] => [id, 'Test Person'])
      assert.deepEqual(new Map(names), new Map(expected))
      assert.equal((await userDirectory.namesOf([])).size, 0)
    })

    it('are hidden from others: everybody sees himself only', async () => {
      const [person, other] = [await newPerson(shop()), await newPerson(shop())]
      const customer = bearer((await signIn(person)).json.access_token)
      const staff = bearer(await tokenOf(shop(), STAFF))
      for (const headers of [customer, staff]) {
        assertProblem(await shop().ask(USERS, { headers }), 403, 'forbidden')
        assertProblem(await shop().ask(`${USERS}/${other.id}`, { headers }), 403, 'forbidden')
        assertProblem(await shop().ask(`${USERS}/${NOBODY}`, { headers }), 403, 'forbidden')
        const change = { method: 'PATCH', headers, json: { roles: ['admin'] } }
        assertProblem(await shop().ask(`${USERS}/${person.id}`, change), 403, 'forbidden')
      }
      for (const [path, method] of [
        [USERS, 'GET'],
        [`${USERS}/me`, 'GET'],
        [`${USERS}/${person.id}`, 'GET'],
        [`${USERS}/${person.id}`, 'PATCH'],
      ] as const) {
        assertProblem(await shop().ask(path, { method }), 401, 'unauthenticated')
      }
      const self = await shop().ask(`${USERS}/${person.id}`, { headers: customer })
      assert.deepEqual([self.status, self.json.id, self.json.roles], [200, person.id, ['customer']])
      assert.equal((await shop().ask(`${USERS}/${other.id}`, { headers: await asAdmin() })).json.id, other.id)
      assertProblem(
        await shop().ask(`${USERS}/${NOBODY}`, { headers: await asAdmin() }),
        404,
        'user-not-found',
      )
    })

    it('get other roles from an admin; tokens and sessions of before end, a refresh brings the new ones', async () => {
      const person = await newPerson(shop())
      const old = (await signIn(person)).json.access_token
      await openSession(person)
      const changed = await patch(person.id, { roles: ['staff', 'customer', 'staff'] })
      assert.equal(changed.status, 200, changed.text)
      assert.deepEqual([changed.json.roles, changed.json.version], [['customer', 'staff'], 2])
      assert.ok(changed.json.permissions.includes('catalogue:write'))
      assert.equal(changed.headers.get('etag'), '"2"')
      assert.equal((await shop().ask(`${USERS}/me`, { headers: bearer(old) })).status, 401)
      assert.equal((await person.visitor.ask(`${USERS}/me`)).status, 401)
      const fresh = await person.visitor.post(`${AUTH}/refresh`)
      const me = await shop().ask(`${USERS}/me`, { headers: bearer(fresh.json.access_token) })
      assert.deepEqual(me.json.roles, ['customer', 'staff'])
    })

    it('are changed only as the admin saw them', async () => {
      const { id } = await newPerson(shop())
      assertProblem(await patch(id, { roles: ['staff'] }, { 'If-Match': '"7"' }), 412, 'stale-user')
      const answers = await Promise.all(
        ['staff', 'customer'].map((role) => patch(id, { roles: [role] }, { 'If-Match': '"1"' })),
      )
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
      for (const field of ['W/"2"', '"x"', '"1", "3"']) {
        assertProblem(await patch(id, { roles: ['staff'] }, { 'If-Match': field }), 412, 'stale-user')
      }
      const listed = await patch(id, { roles: ['staff'] }, { 'If-Match': '"1", "2"' })
      assert.deepEqual([listed.status, listed.json.version], [200, 3], listed.text)
      for (const field of ['7', '"3', '"1" "3"']) {
        assertFieldRefused(
          await patch(id, { roles: ['staff'] }, { 'If-Match': field }),
          'headers',
          'if-match',
          /is/,
          /ETag/,
        )
      }
    })

    it('keep an admin: the last one can not stop to be one', async () => {
      const admin = (await shop().ask(`${USERS}?role=admin`, { headers: await asAdmin() })).json.items
      assert.equal(admin.length, 1)
      assertProblem(await patch(admin[0].id, { roles: ['customer'] }), 409, 'last-admin')
      const second = await newPerson(shop())
      assert.equal((await patch(second.id, { roles: ['admin'] })).status, 200)
      const token = bearer((await signIn(second)).json.access_token)
      const drop = (id: string, headers: Record<string, string>) =>
        shop().ask(`${USERS}/${id}`, { method: 'PATCH', json: { roles: ['customer'] }, headers })
      const first = await asAdmin()
      const answers = await Promise.all([drop(second.id, first), drop(admin[0].id, token)])
      const refused = answers.filter(({ status }) => status !== 200)
      assert.equal(refused.length, 1, 'of two who take it from each other, one is refused')
      const left = await shop().cradle.users.page({ role: 'admin' }, 0, 10)
      assert.equal(left.total, 1)
      if (left.items[0]?.id === second.id) {
        const fresh = bearer((await signIn(second)).json.access_token)
        const give = { method: 'PATCH', json: { roles: ['admin'] }, headers: fresh }
        assert.equal((await shop().ask(`${USERS}/${admin[0].id}`, give)).status, 200)
        assert.equal((await patch(second.id, { roles: ['customer'] })).status, 200)
      }
    })

    it('are asked for with input that is right, or the field is named and nothing is written', async () => {
      const { id } = await newPerson(shop())
      const headers = await asAdmin()
      for (const [query, field] of [
        ['limit=0', 'limit'],
        ['limit=101', 'limit'],
        ['limit=x', 'limit'],
        ['page=0', 'page'],
        ['page=1&page=2', 'page'],
        ['role=root', 'role'],
        ['sort=name', 'sort'],
      ] as const) {
        assertFieldRefused(await shop().ask(`${USERS}?${query}`, { headers }), 'query', field, /./, /./)
      }
      for (const bad of ['1', 'x', id.toUpperCase(), `${id}x`, '%00']) {
        assertFieldRefused(await shop().ask(`${USERS}/${bad}`, { headers }), 'params', 'id', /./, /UUID/)
        const change = { method: 'PATCH', headers, json: { roles: ['staff'] } }
        assertFieldRefused(await shop().ask(`${USERS}/${bad}`, change), 'params', 'id', /./, /UUID/)
      }
      for (const [json, field] of [
        [{}, 'roles'],
        [{ roles: [] }, 'roles'],
        [{ roles: 'admin' }, 'roles'],
        [{ roles: ['root'] }, 'roles.0'],
        [{ roles: [null] }, 'roles.0'],
        [{ roles: ['staff'], email: 'x@y.org' }, 'email'],
        [[], ''],
      ] as const) {
        assertFieldRefused(await patch(id, json), 'body', field, /./, /./)
      }
      const stored = await shop().ask(`${USERS}/${id}`, { headers })
      assert.deepEqual([stored.json.version, stored.json.roles], [1, ['customer']])
      assertProblem(await patch(NOBODY, { roles: ['staff'] }), 404, 'user-not-found')
    })

    it('have only the methods that they say', async () => {
      for (const [path, allow] of [
        [USERS, 'GET, HEAD, OPTIONS'],
        [`${USERS}/me`, 'GET, HEAD, OPTIONS'],
        [`${USERS}/${NOBODY}`, 'GET, HEAD, OPTIONS, PATCH'],
        [`${AUTH}/login`, 'OPTIONS, POST'],
        [`${AUTH}/register`, 'OPTIONS, POST'],
        [`${AUTH}/logout`, 'OPTIONS, POST'],
        [`${AUTH}/logout-everywhere`, 'OPTIONS, POST'],
        [`${AUTH}/refresh`, 'DELETE, OPTIONS, POST'],
        [`${AUTH}/session`, 'DELETE, GET, HEAD, OPTIONS, POST'],
      ] as const) {
        const answer = await shop().ask(path, { method: 'PUT' })
        assertProblem(answer, 405, 'method-not-allowed')
        assert.equal(answer.headers.get('allow'), allow)
        const options = await shop().ask(path, { method: 'OPTIONS' })
        assert.deepEqual([options.status, options.headers.get('allow')], [204, allow])
      }
    })
  })
}
