import { createHash, randomBytes } from 'node:crypto'
import type { Principal } from '../../../domain/principal.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { Transactions } from '../../../platform/database/transactions.js'
import type { Log } from '../../../platform/log/log.js'
import { AccessRefused, RefreshRefused } from '../domain/errors.js'
import type { TokenFamilyRepository, UserRepository } from '../domain/repositories.js'
import {
  createFamily,
  type FamilyId,
  judgeToken,
  type StoredToken,
  type TokenFamily,
  type TokenVerdict,
} from '../domain/token-family.js'
import { principalOf, type User } from '../domain/user.js'
import { ACCESS_LIFETIME_MS, type AccessTokens } from './access-tokens.js'
import type { Endings } from './endings.js'

export interface TokenDependencies {
  readonly users: UserRepository
  readonly tokenFamilies: TokenFamilyRepository
  readonly accessTokens: AccessTokens
  readonly endings: Endings
  readonly transactions: Transactions
  readonly clock: Clock
  readonly log: Log
}

/** What a client gets when it signs in by tokens, and with each refresh. */
export interface TokenGrant {
  readonly user: User
  readonly accessToken: string
  readonly expiresInMs: number
  /** Null: the client has the newest one already (`just-rotated`). */
  readonly refresh: { readonly token: string; readonly expiresAt: Date } | null
}

/** Who asks by an access token, and the sign-in that the token came of. */
export interface TokenBearer {
  readonly principal: Principal
  readonly familyId: FamilyId
}

const TOKEN_BYTES = 32

/**
 * Short access tokens, and refresh tokens that are exchanged for a new one at each use.
 *
 * Security: a refresh token that comes a second time is in two hands, and nobody can tell which of them is the thief's:
 * the whole family ends. Two tabs of one browser may send the same token at once, though. So within 10 seconds of the
 * exchange it gives an access token once more, and no refresh token: the browser has the new one already, and a thief
 * gets 10 minutes and nothing to go on with.
 */
export class TokenService {
  readonly #parts: TokenDependencies

  constructor(parts: TokenDependencies) {
    this.#parts = parts
  }

  async signIn(user: User): Promise<TokenGrant> {
    const { tokenFamilies, clock } = this.#parts
    const family = createFamily(user.id, clock.now())
    const token = newToken()
    await tokenFamilies.add(family, hashOf(token))
    return this.#grant(user, family, token)
  }

  /** Rejects with RefreshRefused. */
  async refresh(token: string): Promise<TokenGrant> {
    const successor = newToken()
    const { stored, verdict, user } = await this.#exchange(token, successor)
    if (stored === null || user === null) throw new RefreshRefused('nobody has it')
    if (verdict === 'reused') {
      await this.#parts.endings.endFamily(stored.family.id)
      this.#parts.log.warn('a refresh token was used twice; its sign-in was ended', { userId: user.id })
    }
    if (verdict === 'newest') return this.#grant(user, stored.family, successor)
    if (verdict === 'just-rotated') return this.#grant(user, stored.family, null)
    throw new RefreshRefused(verdict === 'reused' ? 'it was used before' : 'its sign-in is over')
  }

  /** Ends the sign-in that a refresh token belongs to. Does nothing when the token is unknown. */
  async signOut(token: string): Promise<void> {
    const stored = await this.#parts.tokenFamilies.find(hashOf(token))
    if (stored !== null) await this.endFamily(stored.family.id)
  }

  async endFamily(id: FamilyId): Promise<void> {
    await this.#parts.tokenFamilies.revoke(id, this.#parts.clock.now())
    await this.#parts.endings.endFamily(id)
  }

  /** Who the bearer of an access token is. Rejects with AccessRefused. */
  async bearer(accessToken: string): Promise<TokenBearer> {
    const claims = await this.#parts.accessTokens.read(accessToken)
    if (await this.#parts.endings.hasEnded(claims)) throw new AccessRefused('was ended')
    return { principal: principalOf(claims.user, 'token'), familyId: claims.familyId }
  }

  /** Forgets what can't be used any more. */
  removeExpired(): Promise<number> {
    const { transactions, tokenFamilies, clock } = this.#parts
    return transactions.transaction(() => tokenFamilies.removeExpired(clock.now()))
  }

  /** In one transaction, which stores also that a family was revoked: nothing in it rejects. */
  #exchange(
    token: string,
    successor: string,
  ): Promise<{ stored: StoredToken | null; verdict: TokenVerdict; user: User | null }> {
    const { transactions, tokenFamilies, users, clock } = this.#parts
    return transactions.transaction(async () => {
      const stored = await tokenFamilies.find(hashOf(token))
      if (stored === null) return { stored, verdict: 'over', user: null }
      const verdict = await this.#judge(stored, hashOf(successor))
      if (verdict === 'reused') await tokenFamilies.revoke(stored.family.id, clock.now())
      return { stored, verdict, user: await users.find(stored.family.userId) }
    })
  }

  async #judge(stored: StoredToken, successorHash: string): Promise<TokenVerdict> {
    const { tokenFamilies, clock } = this.#parts
    const verdict = judgeToken(stored, clock.now())
    if (verdict !== 'newest') return verdict
    // Another one with the same token may have been faster by a moment.
    return (await tokenFamilies.rotate(stored.hash, successorHash, clock.now())) ? 'newest' : 'just-rotated'
  }

  async #grant(user: User, family: TokenFamily, token: string | null): Promise<TokenGrant> {
    const accessToken = await this.#parts.accessTokens.issue({ user, familyId: family.id })
    const refresh = token === null ? null : { token, expiresAt: family.expiresAt }
    return { user, accessToken, expiresInMs: ACCESS_LIFETIME_MS, refresh }
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** A fast hash is enough: nobody can guess what has 256 random bits. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
