import { and, eq, isNull, lte } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { TokenFamilyRepository } from '../../domain/repositories.js'
import type { FamilyId, StoredToken, TokenFamily } from '../../domain/token-family.js'
import type { UserId } from '../../domain/user.js'
import { refreshTokens, tokenFamilies } from './tables.js'

export class PostgresTokenFamilyRepository implements TokenFamilyRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  add(family: TokenFamily, hash: string): Promise<void> {
    return query(() =>
      this.#sql.current.transaction(async (transaction) => {
        await transaction.insert(tokenFamilies).values(family)
        await transaction.insert(refreshTokens).values({ hash, familyId: family.id })
      }),
    )
  }

  find(hash: string): Promise<StoredToken | null> {
    return query(async () => {
      const [row] = await this.#sql.current
        .select({ token: refreshTokens, family: tokenFamilies })
        .from(refreshTokens)
        .innerJoin(tokenFamilies, eq(tokenFamilies.id, refreshTokens.familyId))
        .where(eq(refreshTokens.hash, hash))
      return row === undefined ? null : { hash, family: row.family, rotatedAt: row.token.rotatedAt }
    })
  }

  rotate(hash: string, successor: string, now: Date): Promise<boolean> {
    return query(() =>
      this.#sql.current.transaction(async (transaction) => {
        // A second one waits here for the first, and then finds the condition no longer met.
        const [rotated] = await transaction
          .update(refreshTokens)
          .set({ rotatedAt: now })
          .where(and(eq(refreshTokens.hash, hash), isNull(refreshTokens.rotatedAt)))
          .returning()
        if (rotated === undefined) return false
        await transaction.insert(refreshTokens).values({ hash: successor, familyId: rotated.familyId })
        return true
      }),
    )
  }

  revoke(id: FamilyId, now: Date): Promise<void> {
    return query(async () => {
      await this.#sql.current
        .update(tokenFamilies)
        .set({ revokedAt: now })
        .where(and(eq(tokenFamilies.id, id), isNull(tokenFamilies.revokedAt)))
    })
  }

  revokeAllOf(userId: UserId, now: Date): Promise<void> {
    return query(async () => {
      await this.#sql.current
        .update(tokenFamilies)
        .set({ revokedAt: now })
        .where(and(eq(tokenFamilies.userId, userId), isNull(tokenFamilies.revokedAt)))
    })
  }

  removeExpired(now: Date): Promise<number> {
    return query(async () => {
      const removed = await this.#sql.current
        .delete(tokenFamilies)
        .where(lte(tokenFamilies.expiresAt, now))
        .returning({ id: tokenFamilies.id })
      return removed.length
    })
  }
}
