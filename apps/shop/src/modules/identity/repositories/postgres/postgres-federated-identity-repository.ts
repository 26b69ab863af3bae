import { and, eq } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { FederatedIdentityRepository } from '../../domain/repositories.js'
import type { UserId } from '../../domain/user.js'
import { federatedIdentities } from './tables.js'

export class PostgresFederatedIdentityRepository implements FederatedIdentityRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  find(issuer: string, subject: string): Promise<UserId | null> {
    return query(async () => {
      const [row] = await this.#sql.current
        .select({ userId: federatedIdentities.userId })
        .from(federatedIdentities)
        .where(and(eq(federatedIdentities.issuer, issuer), eq(federatedIdentities.subject, subject)))
      return row?.userId ?? null
    })
  }

  add(issuer: string, subject: string, userId: UserId, now: Date): Promise<void> {
    return query(async () => {
      await this.#sql.current
        .insert(federatedIdentities)
        .values({ issuer, subject, userId, createdAt: now })
        .onConflictDoNothing()
    })
  }
}
