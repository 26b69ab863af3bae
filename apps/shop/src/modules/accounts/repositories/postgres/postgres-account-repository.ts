import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Currency, Money } from '../../../../domain/money.js'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import { Account, type AccountId } from '../../domain/account.js'
import type { AccountRepository } from '../../domain/repositories.js'
import { accounts } from './tables.js'

export class PostgresAccountRepository implements AccountRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  async add(account: Account): Promise<void> {
    await query(async () => this.#sql.current.insert(accounts).values(rowOf(account)))
  }

  find(id: AccountId): Promise<Account | null> {
    return query(async () => {
      const [row] = await this.#sql.current.select().from(accounts).where(eq(accounts.id, id))
      return row === undefined ? null : accountOf(row)
    })
  }

  ofOwner(owner: string): Promise<readonly Account[]> {
    return query(async () => {
      const rows = await this.#sql.current
        .select()
        .from(accounts)
        .where(eq(accounts.owner, owner))
        .orderBy(asc(accounts.id))
      return rows.map(accountOf)
    })
  }

  settlement(currency: Currency, start: Account): Promise<Account> {
    return query(async () => {
      const { current } = this.#sql
      const find = () =>
        current
          .select()
          .from(accounts)
          .where(and(eq(accounts.currency, currency), isNull(accounts.owner)))
      const [found] = await find()
      if (found !== undefined) return accountOf(found)
      await current.insert(accounts).values(rowOf(start)).onConflictDoNothing()
      const [made] = await find()
      if (made === undefined) throw new Error(`there is no settlement account in ${currency}`)
      return accountOf(made)
    })
  }

  async saveBalance({ id, balance }: Account): Promise<void> {
    await query(async () =>
      this.#sql.current.update(accounts).set({ balance: balance.amount }).where(eq(accounts.id, id)),
    )
  }
}

function accountOf({ balance, currency, ...row }: typeof accounts.$inferSelect): Account {
  return new Account({ ...row, balance: Money.of(balance, currency) })
}

function rowOf({ data: { balance, ...row } }: Account): typeof accounts.$inferInsert {
  return { ...row, balance: balance.amount, currency: balance.currency }
}
