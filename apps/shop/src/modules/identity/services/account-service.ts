import { isId } from '../../../domain/ids.js'
import type { Page } from '../../../domain/paging.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { Transactions } from '../../../platform/database/transactions.js'
import type { Log } from '../../../platform/log/log.js'
import { LastAdmin, StaleUser, UserNotFound, WeakPassword, WrongCredentials } from '../domain/errors.js'
import { normalizePassword, passwordProblem } from '../domain/password-rules.js'
import type { TokenFamilyRepository, UserFilter, UserRepository } from '../domain/repositories.js'
import type { Role } from '../domain/roles.js'
import { createUser, signedOutEverywhere, type User, type UserId, withRoles } from '../domain/user.js'
import type { AttemptLimits } from './attempt-limits.js'
import type { Endings } from './endings.js'
import type { PasswordHasher } from './password-hasher.js'

export interface AccountDependencies {
  readonly users: UserRepository
  readonly tokenFamilies: TokenFamilyRepository
  readonly passwords: PasswordHasher
  readonly attempts: AttemptLimits
  readonly endings: Endings
  readonly transactions: Transactions
  readonly clock: Clock
  readonly log: Log
}

export interface Registration {
  /** As `normalizeEmail` gives it. */
  readonly email: string
  readonly password: string
  readonly name: string
}

/** The versions of a user that who changes it has seen; `any` when it does not matter. */
export type ExpectedUserVersion = 'any' | readonly number[]

/** Who there is, and what they may do. Every method rejects with the errors of domain/errors.ts. */
export class AccountService {
  readonly #parts: AccountDependencies

  constructor(parts: AccountDependencies) {
    this.#parts = parts
  }

  /** A new customer. `address`: where the request came from. */
  async register({ email, password, name }: Registration, address: string): Promise<User> {
    const { users, passwords, attempts, clock, log } = this.#parts
    const problem = passwordProblem(password, email, name)
    if (problem !== null) throw new WeakPassword(problem)
    await attempts.register(address)
    const hash = await passwords.hash(normalizePassword(password))
    const user = createUser({ email, emailVerified: false, name, roles: ['customer'] }, clock.now())
    await users.add(user, hash)
    log.info('somebody registered', { userId: user.id })
    return user
  }

  /** The user whose address and password these are. Unknown addresses cost as much time as wrong passwords. */
  signIn(email: string, password: string, address: string): Promise<User> {
    const { users, passwords, attempts, log } = this.#parts
    return attempts.signIn(email, address, async () => {
      const found = await users.credentials(email)
      const isRight = await passwords.verify(found?.passwordHash ?? null, normalizePassword(password))
      if (found !== null && isRight) return found.user
      log.warn('a sign-in failed', { address, userId: found?.user.id ?? null })
      throw new WrongCredentials()
    })
  }

  /** Rejects with UserNotFound, also when the text is no id. */
  async user(id: string): Promise<User> {
    const user = isId<'user'>(id) ? await this.#parts.users.find(id) : null
    if (user === null) throw new UserNotFound(id)
    return user
  }

  /** Page `number` of the users, counted from 1, in the order in which they came. */
  page(filter: UserFilter, number: number, size: number): Promise<Page<User>> {
    return this.#parts.users.page(filter, (number - 1) * size, size)
  }

  /**
   * Gives a user other roles, if it is of an expected version. What the user signed in with ends, except refresh tokens:
   * the next access token has the new roles.
   */
  async changeRoles(id: UserId, roles: readonly Role[], expected: ExpectedUserVersion): Promise<User> {
    const { users, transactions, clock, endings, log } = this.#parts
    const changed = await transactions.transaction(
      async () => {
        const user = await this.user(id)
        if (expected !== 'any' && !expected.includes(user.version)) throw new StaleUser(id)
        const loses = user.roles.includes('admin') && !roles.includes('admin')
        if (loses && (await users.countWith('admin')) <= 1) throw new LastAdmin()
        const next = withRoles(user, roles, clock.now())
        if (!(await users.save(next, user.version))) throw new StaleUser(id)
        return next
      },
      // Two admins who take the role from each other at the same time must not both succeed.
      { isolation: 'serializable' },
    )
    await endings.endBefore(id, changed.generation)
    log.info('roles were changed', { userId: id, roles: changed.roles })
    return changed
  }

  /** Ends all sessions and all tokens of a user, also those of this request. */
  async signOutEverywhere(id: UserId): Promise<void> {
    const { users, tokenFamilies, transactions, clock, endings } = this.#parts
    const changed = await transactions.transaction(
      async () => {
        const user = await this.user(id)
        const next = signedOutEverywhere(user, clock.now())
        if (!(await users.save(next, user.version))) throw new StaleUser(id)
        await tokenFamilies.revokeAllOf(id, clock.now())
        return next
      },
      { isolation: 'serializable' },
    )
    await endings.endBefore(id, changed.generation)
  }
}
