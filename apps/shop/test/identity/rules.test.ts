import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Cookie, type SessionData } from 'express-session'
import { normalizeEmail } from '#shop/modules/identity/domain/email.js'
import { passwordProblem } from '#shop/modules/identity/domain/password-rules.js'
import { permissionsOf, ROLES } from '#shop/modules/identity/domain/roles.js'
import { createUser } from '#shop/modules/identity/domain/user.js'
import { MemoryUserRepository } from '#shop/modules/identity/repositories/memory/memory-user-repository.js'
import { fillAccounts } from '#shop/modules/identity/seed/fill-accounts.js'
import { demoAccounts, SAMPLE_ACCOUNTS } from '#shop/modules/identity/seed/sample-accounts.js'
import { MemoryDatabase } from '#shop/platform/database/memory-database.js'
import { BoundedSessionStore } from '#shop/modules/identity/sessions/bounded-session-store.js'
import { Argon2PasswordHasher } from '#shop/modules/identity/passwords/argon2-password-hasher.js'

describe('the roles', () => {
  it('allow each what the table says; staff may do nothing that an admin may not', () => {
    assert.deepEqual(ROLES, ['customer', 'staff', 'admin'])
    assert.deepEqual(permissionsOf(['customer']), [])
    const admin = permissionsOf(['admin'])
    assert.ok(permissionsOf(['staff']).every((permission) => admin.includes(permission)))
    assert.ok(!permissionsOf(['staff']).includes('users:manage'))
    assert.deepEqual(permissionsOf(['staff', 'admin', 'staff']), admin)
    assert.deepEqual(permissionsOf(['root', 'constructor', '__proto__', 'toString']), [])
  })
})

describe('an e-mail address', () => {
  it('has one form', () => {
    assert.equal(normalizeEmail('  Ada.Lovelace+Shop@Example.COM\n'), 'ada.lovelace+shop@example.com')
  })

  it('is nothing that another address could be taken for', () => {
    for (const text of [
      'ıda@example.com',
      'ada@exämple.com',
      'ada@example',
      'ada@@example.com',
      'a,b@example.com',
      '<a@example.com>',
      'a@-x.com',
      'a@x-.com',
      '"a b"@example.com',
      `${'a'.repeat(65)}@example.com`,
    ])
      assert.equal(normalizeEmail(text), null, text)
  })

  it('is found or refused in no time, however it is made', () => {
    const begin = process.cpuUsage().user
    for (const text of [
      `${'a.'.repeat(120)}@`,
      `a@${'a.'.repeat(120)}`,
      `a@${'a-'.repeat(120)}x`,
      '@'.repeat(250),
    ])
      normalizeEmail(text)
    assert.ok(process.cpuUsage(undefined).user - begin < 1_000_000)
  })
})

describe('a password', () => {
  it('is refused when everybody would guess it', () => {
    const problem = (password: string) =>
      passwordProblem(password, 'ada.lovelace@example.com', 'Ada Lovelace King')
    for (const password of [
      'Password123',
      'QWERTYuiop',
      'aaaaaaaaaaaaaa',
      'abababababab',
      'ada.lovelace',
      'ADA.Lovelace@example.com',
      'adalovelaceking',
    ])
      assert.notEqual(problem(password), null, password)
    for (const password of [
      'seven brown herons',
      'ada.lovelace1852',
      'пароль из слов',
      '🐦🌊🪨🍃🦀🐚🐙🌵🌙🔥',
    ])
      assert.equal(problem(password), null, password)
  })

  it('is checked against its hash only', async () => {
    const passwords = new Argon2PasswordHasher()
    const [first, second] = [
      await passwords.hash('seven brown herons'),
      await passwords.hash('seven brown herons'),
    ]
    assert.notEqual(first, second, 'each hash has a salt of its own')
    assert.equal(await passwords.verify(first, 'seven brown herons'), true)
    assert.equal(await passwords.verify(first, 'seven brown heron'), false)
    assert.equal(await passwords.verify(null, 'seven brown herons'), false)
  })

  it('of a sample account is the one that the README has', async () => {
    const passwords = new Argon2PasswordHasher()
    for (const { email, passwordHash } of SAMPLE_ACCOUNTS) {
      const name = email.split('@')[0]
      assert.equal(await passwords.verify(passwordHash, `shop-${name}-demo`), true, email)
    }
    const shown = demoAccounts().map(({ email, password }) => [email, password])
    assert.deepEqual(
      shown,
      SAMPLE_ACCOUNTS.map(({ email }) => [email, `shop-${email.split('@')[0]}-demo`]),
    )
  })
})

describe('the accounts that a shop begins with', () => {
  const hash = async (password: string) => `hash of ${password}`

  it('are the samples in development, once', async () => {
    const users = new MemoryUserRepository(new MemoryDatabase())
    for (let i = 0; i < 2; i++) await fillAccounts(users, { sampleAccounts: true, firstAdmin: null }, hash)
    const { items } = await users.page({ role: null }, 0, 10)
    assert.deepEqual(
      items.map(({ email }) => email).toSorted(),
      SAMPLE_ACCOUNTS.map(({ email }) => email).toSorted(),
    )
  })

  it('lose the password that everybody knows when their database is used elsewhere; others keep theirs', async () => {
    const users = new MemoryUserRepository(new MemoryDatabase())
    const [admin, staff] = SAMPLE_ACCOUNTS
    assert.ok(admin && staff)
    const { passwordHash: _known, ...details } = staff
    await users.add(createUser(details, new Date()), 'hash of its own')
    await fillAccounts(users, { sampleAccounts: true, firstAdmin: null }, hash)
    const firstAdmin = { email: 'boss@example.com', password: 'p' }
    await fillAccounts(users, { sampleAccounts: false, firstAdmin }, hash)
    assert.equal((await users.credentials(admin.email))?.passwordHash, null)
    assert.equal((await users.credentials(staff.email))?.passwordHash, 'hash of its own')
    const boss = await users.credentials('boss@example.com')
    assert.deepEqual([boss?.passwordHash, boss?.user.roles], ['hash of p', ['admin']])
  })
})

describe('the session store of one process', () => {
  const session = (maxAge: number, name = ''): SessionData => {
    const cookie = new Cookie()
    cookie.maxAge = maxAge
    return { cookie, signedIn: undefined, name } as unknown as SessionData
  }
  const get = (store: BoundedSessionStore, id: string) =>
    new Promise((resolve, reject) =>
      store.get(id, (error, found) => (error ? reject(error as Error) : resolve(found))),
    )

  it('gives what was set, until it is destroyed', async () => {
    const store = new BoundedSessionStore()
    store.set('a', session(60_000, 'first'))
    assert.equal(((await get(store, 'a')) as { name: string }).name, 'first')
    store.destroy('a')
    assert.equal(await get(store, 'a'), null)
    store.touch('a', session(60_000))
    assert.equal(await get(store, 'a'), null, 'a request that was under way does not bring it back')
  })

  it('forgets what has expired', async () => {
    const store = new BoundedSessionStore()
    store.set('a', session(20))
    await new Promise((resolve) => setTimeout(resolve, 40))
    assert.equal(await get(store, 'a'), null)
  })

  it('has a bound: what was used longest ago goes', async () => {
    const store = new BoundedSessionStore(100)
    for (let i = 0; i < 250; i++) store.set(`s${i}`, session(60_000))
    assert.equal(store.size, 100)
    assert.equal(await get(store, 's0'), null)
    assert.notEqual(await get(store, 's249'), null)
  })
})
