import { after, before, describe } from 'node:test'
import { Argon2PasswordHasher } from '#shop/modules/identity/passwords/argon2-password-hasher.js'
import { memoryState, redisIsMissing, redisState } from '../support/states.js'
import { memoryStorage, pgliteStorage, postgresIsMissing, postgresStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { TestClock } from './test-clock.js'

export interface IdentityShop extends TestShop {
  readonly clock: TestClock
}

export const SECRETS = {
  TOKEN_SECRET: 'test-token-secret-0123456789-0123456789',
  SESSION_SECRET: 'test-session-secret-0123456789-0123456789',
}

/** For tests that sign in hundreds of times, and guess wrong as often. */
const CHEAP_PASSWORDS = {
  passwords: new Argon2PasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 }),
}

/**
 * Runs suites on a shop that asks for real credentials: on PGlite, on PostgreSQL with Redis, and in memory; with Express on PGlite only
 * where there is no other (storages.ts). `replaced`: values of the container; by default, passwords are hashed at less cost.
 */
export async function describeIdentity(
  name: string,
  suites: readonly ((shop: () => IdentityShop) => void)[],
  framework: Framework = 'nozomi',
  variables: Readonly<Record<string, string>> = {},
  replaced: Readonly<Record<string, unknown>> = CHEAP_PASSWORDS,
): Promise<void> {
  const missing = (await postgresIsMissing()) || (await redisIsMissing())
  const places = [
    { title: 'PGlite', storage: pgliteStorage, state: memoryState, skip: false },
    { title: 'PostgreSQL and Redis', storage: postgresStorage, state: redisState, skip: missing },
    { title: 'the in-memory storage', storage: memoryStorage, state: memoryState, skip: false },
  ]
  for (const { title, storage, state, skip } of places) {
    if (framework === 'express' && title === 'PGlite' && missing === false) continue
    describe(`${name} on ${framework} with ${title}`, { skip }, () => {
      let shop: IdentityShop

      before(async () => {
        const clock = new TestClock()
        const started = await testShop({
          framework,
          storage: storage(),
          state: state(),
          sampleData: false,
          authenticator: 'real',
          variables: { TRUST_PROXY: 'loopback', ...SECRETS, ...variables },
          replaced: { clock, ...replaced },
        })
        shop = { ...started, clock }
      })

      after(() => shop?.stop())

      for (const suite of suites) suite(() => shop)
    })
  }
}
