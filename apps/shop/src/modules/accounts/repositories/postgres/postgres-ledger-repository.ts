import { and, desc, eq, lt } from 'drizzle-orm'
import { Money } from '../../../../domain/money.js'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { AccountId } from '../../domain/account.js'
import type { LedgerRepository } from '../../domain/repositories.js'
import type { LedgerEntry, NewLedgerEntry, Transfer, TransferId } from '../../domain/transfer.js'
import { accounts, ledgerEntries, transfers } from './tables.js'

export class PostgresLedgerRepository implements LedgerRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  async addTransfer({ amount, ...transfer }: Transfer): Promise<void> {
    const row = { ...transfer, amount: amount.amount, currency: amount.currency }
    await query(async () => this.#sql.current.insert(transfers).values(row))
  }

  async addEntry({ amount, balanceAfter, ...entry }: NewLedgerEntry): Promise<void> {
    const row = { ...entry, amount: amount.amount, balanceAfter: balanceAfter.amount }
    await query(async () => this.#sql.current.insert(ledgerEntries).values(row))
  }

  findTransfer(id: TransferId): Promise<Transfer | null> {
    return query(async () => {
      const [row] = await this.#sql.current.select().from(transfers).where(eq(transfers.id, id))
      if (row === undefined) return null
      const { amount, currency, ...transfer } = row
      return { ...transfer, amount: Money.of(amount, currency) }
    })
  }

  entries(account: AccountId, before: number | null, limit: number): Promise<readonly LedgerEntry[]> {
    const begin = before === null ? undefined : lt(ledgerEntries.id, before)
    return query(async () => {
      const rows = await this.#sql.current
        .select({ entry: ledgerEntries, currency: accounts.currency })
        .from(ledgerEntries)
        .innerJoin(accounts, eq(accounts.id, ledgerEntries.accountId))
        .where(and(eq(ledgerEntries.accountId, account), begin))
        .orderBy(desc(ledgerEntries.id))
        .limit(limit)
      return rows.map(({ entry, currency }) => ({
        ...entry,
        amount: Money.of(entry.amount, currency),
        balanceAfter: Money.of(entry.balanceAfter, currency),
      }))
    })
  }
}
