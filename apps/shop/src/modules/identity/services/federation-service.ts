import { randomBytes } from 'node:crypto'
import type { Clock } from '../../../platform/clock/clock.js'
import type { Transactions } from '../../../platform/database/transactions.js'
import type { State } from '../../../platform/state/state.js'
import { normalizeEmail } from '../domain/email.js'
import { EmailNotVerified, FederationRefused, StaleUser } from '../domain/errors.js'
import type {
  FederatedIdentityRepository,
  TokenFamilyRepository,
  UserRepository,
} from '../domain/repositories.js'
import { createUser, NAME_LENGTH, signedOutEverywhere, type User } from '../domain/user.js'
import type { Endings } from './endings.js'
import type { FederatedIdentity, FederationAttempt, IdentityProvider } from './identity-provider.js'

export const ATTEMPT_LIFETIME_MS = 10 * 60 * 1000

export interface FederationDependencies {
  readonly provider: IdentityProvider
  readonly users: UserRepository
  readonly federatedIdentities: FederatedIdentityRepository
  readonly tokenFamilies: TokenFamilyRepository
  readonly endings: Endings
  readonly transactions: Transactions
  readonly state: State
  readonly clock: Clock
}

interface RememberedAttempt extends FederationAttempt {
  readonly returnTo: string
}

/** Signing in through an OpenID Connect provider. */
export class FederationService {
  readonly #parts: FederationDependencies

  constructor(parts: FederationDependencies) {
    this.#parts = parts
  }

  /** `key` is for the browser that begins, and nobody else. `returnTo`: where it wants to be afterwards. */
  async begin(redirectUri: string, returnTo: string): Promise<{ url: URL; key: string }> {
    const { url, attempt } = await this.#parts.provider.begin(redirectUri)
    const key = randomBytes(32).toString('base64url')
    const remembered: RememberedAttempt = { ...attempt, returnTo }
    await this.#parts.state.set(stateKey(key), JSON.stringify(remembered), {
      expiresInMs: ATTEMPT_LIFETIME_MS,
    })
    return { url, key }
  }

  /** `query`: what the provider sent the browser back with. Each attempt is completed once. */
  async complete(key: string, query: string): Promise<{ user: User; returnTo: string }> {
    const text = await this.#parts.state.take(stateKey(key))
    if (text === null) throw new FederationRefused('this browser has not begun to sign in, or too long ago')
    const { returnTo, ...attempt } = JSON.parse(text) as RememberedAttempt
    const cameBack = new URL(attempt.redirectUri)
    cameBack.search = query
    const identity = await this.#parts.provider.complete(cameBack, attempt)
    return { user: await this.#userOf(identity), returnTo }
  }

  async #userOf(identity: FederatedIdentity): Promise<User> {
    const { transactions, endings } = this.#parts
    const { user, wasClaimed } = await transactions.transaction(() => this.#findOrLink(identity), {
      isolation: 'serializable',
    })
    if (wasClaimed) await endings.endBefore(user.id, user.generation)
    return user
  }

  /**
   * Security: only an address that the provider has verified finds an account, since otherwise anybody could name
   * somebody else's. And what was registered here under an address that nobody had verified may be a trap: its password
   * and all that was signed in with it end when the owner of the address comes.
   */
  async #findOrLink(identity: FederatedIdentity): Promise<{ user: User; wasClaimed: boolean }> {
    const { users, federatedIdentities, clock } = this.#parts
    const { issuer, subject } = identity
    const linked = await federatedIdentities.find(issuer, subject)
    const known = linked === null ? null : await users.find(linked)
    if (known !== null) return { user: known, wasClaimed: false }
    const email = identity.email === null ? null : normalizeEmail(identity.email)
    if (email === null || !identity.emailVerified) throw new EmailNotVerified()
    const found = await users.credentials(email)
    const user = found === null ? await this.#create(email, identity) : await this.#claim(found.user)
    await federatedIdentities.add(issuer, subject, user.id, clock.now())
    return { user, wasClaimed: found !== null && !found.user.emailVerified }
  }

  async #create(email: string, { name }: FederatedIdentity): Promise<User> {
    const { users, clock } = this.#parts
    const details = { email, emailVerified: true, name: nameOf(name, email), roles: ['customer'] as const }
    const user = createUser(details, clock.now())
    await users.add(user, null)
    return user
  }

  async #claim(user: User): Promise<User> {
    if (user.emailVerified) return user
    const { users, tokenFamilies, clock } = this.#parts
    const claimed = { ...signedOutEverywhere(user, clock.now()), emailVerified: true }
    if (!(await users.save(claimed, user.version))) throw new StaleUser(user.id)
    await users.removePassword(user.id)
    await tokenFamilies.revokeAllOf(user.id, clock.now())
    return claimed
  }
}

function stateKey(key: string): string {
  return `identity:federation:${key}`
}

/** Security: a name from elsewhere is input like any other. */
function nameOf(name: string | null, email: string): string {
  const clean = (name ?? '').replaceAll(/[\p{Cc}\p{Cs}]/gu, '').trim()
  const text = clean === '' ? (email.split('@')[0] ?? email) : clean
  return [...text].slice(0, NAME_LENGTH).join('')
}
