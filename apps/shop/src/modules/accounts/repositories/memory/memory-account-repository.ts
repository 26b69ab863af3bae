import type { Currency } from '../../../../domain/money.js'
import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Account, AccountId } from '../../domain/account.js'
import type { AccountRepository } from '../../domain/repositories.js'

export class MemoryAccountRepository implements AccountRepository {
  readonly #accounts: MemoryTable<AccountId, Account>

  constructor(memory: MemoryDatabase) {
    this.#accounts = memory.table('accounts')
  }

  async add(account: Account): Promise<void> {
    this.#accounts.set(account.id, account)
  }

  async find(id: AccountId): Promise<Account | null> {
    return this.#accounts.get(id) ?? null
  }

  async ofOwner(owner: string): Promise<readonly Account[]> {
    return this.#accounts
      .values()
      .filter(({ data }) => data.owner === owner)
      .toSorted((left, right) => (left.id < right.id ? -1 : 1))
  }

  async settlement(currency: Currency, start: Account): Promise<Account> {
    const found = this.#accounts
      .values()
      .find(({ data }) => data.owner === null && data.balance.currency === currency)
    if (found !== undefined) return found
    this.#accounts.set(start.id, start)
    return start
  }

  async saveBalance(account: Account): Promise<void> {
    this.#accounts.set(account.id, account)
  }
}
