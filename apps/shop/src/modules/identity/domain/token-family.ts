import { type Id, newId } from '../../../domain/ids.js'
import type { UserId } from './user.js'

export type FamilyId = Id<'token-family'>

/** How long one sign-in lasts, however often it is refreshed. */
export const FAMILY_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000

/** How long after its rotation a refresh token may come once more: from a second tab that asked at the same time. */
export const REUSE_GRACE_MS = 10_000

/** All refresh tokens that came of one sign-in, each from the one before. */
export interface TokenFamily {
  readonly id: FamilyId
  readonly userId: UserId
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

/** What is stored of a refresh token. */
export interface StoredToken {
  readonly hash: string
  readonly family: TokenFamily
  /** When it was exchanged for its successor; null: it is the newest. */
  readonly rotatedAt: Date | null
}

export function createFamily(userId: UserId, now: Date): TokenFamily {
  return {
    id: newId<'token-family'>(now),
    userId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + FAMILY_LIFETIME_MS),
    revokedAt: null,
  }
}

export type TokenVerdict =
  /** The newest of a living family: to be exchanged. */
  | 'newest'
  /** Just exchanged; probably two tabs. */
  | 'just-rotated'
  /** Exchanged long ago: somebody has a copy. */
  | 'reused'
  /** Expired, or its family was revoked. */
  | 'over'

export function judgeToken({ family, rotatedAt }: StoredToken, now: Date): TokenVerdict {
  if (family.revokedAt !== null || family.expiresAt <= now) return 'over'
  if (rotatedAt === null) return 'newest'
  return now.getTime() - rotatedAt.getTime() <= REUSE_GRACE_MS ? 'just-rotated' : 'reused'
}
