import type { Page } from '../../../domain/paging.js'
import type { FamilyId, StoredToken, TokenFamily } from './token-family.js'
import type { User, UserId } from './user.js'
import type { Role } from './roles.js'

export interface UserFilter {
  /** Null: all. */
  readonly role: Role | null
}

/** A user and what a password is checked against. It goes nowhere but to that check. */
export interface Credentials {
  readonly user: User
  /** Null: the account has no password, it is entered through an identity provider. */
  readonly passwordHash: string | null
}

/** Where users live. All methods reject with StorageUnavailable when the storage can't be reached. */
export interface UserRepository {
  /** Rejects with EmailTaken; then nothing was stored. */
  add(user: User, passwordHash: string | null): Promise<void>
  find(id: UserId): Promise<User | null>
  /** What those of them are called that there are. */
  namesOf(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, string>>
  /** The address as `normalizeEmail` gives it. */
  credentials(email: string): Promise<Credentials | null>
  /** In the order in which they came. `offset` are skipped, at most `limit` given. */
  page(filter: UserFilter, offset: number, limit: number): Promise<Page<User>>
  /** Stores a changed user, if the stored one has still `expectedVersion`. False when not. */
  save(user: User, expectedVersion: number): Promise<boolean>
  removePassword(id: UserId): Promise<void>
  countWith(role: Role): Promise<number>
}

/** The accounts at identity providers that users sign in with. */
export interface FederatedIdentityRepository {
  find(issuer: string, subject: string): Promise<UserId | null>
  /** Does nothing when it is there. */
  add(issuer: string, subject: string, userId: UserId, now: Date): Promise<void>
}

/** Refresh tokens, by their hashes. */
export interface TokenFamilyRepository {
  /** A new family with its first token. */
  add(family: TokenFamily, hash: string): Promise<void>
  find(hash: string): Promise<StoredToken | null>
  /** Exchanges a token for its successor. False when it was exchanged before: of many callers, one gets true. */
  rotate(hash: string, successor: string, now: Date): Promise<boolean>
  revoke(id: FamilyId, now: Date): Promise<void>
  revokeAllOf(userId: UserId, now: Date): Promise<void>
  /** Forgets the families that are over anyway. Gives how many. */
  removeExpired(now: Date): Promise<number>
}
