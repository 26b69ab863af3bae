import type { Currency } from '../../../domain/money.js'
import type { Account, AccountId } from './account.js'
import type { LedgerEntry, NewLedgerEntry, Transfer, TransferId } from './transfer.js'

/** All methods of these reject with StorageUnavailable when the storage can't be reached. */
export interface AccountRepository {
  add(account: Account): Promise<void>
  find(id: AccountId): Promise<Account | null>
  /** The oldest first. */
  ofOwner(owner: string): Promise<readonly Account[]>
  /** The shop's own of a currency; made from `start` when there is none. */
  settlement(currency: Currency, start: Account): Promise<Account>
  saveBalance(account: Account): Promise<void>
}

export interface LedgerRepository {
  addTransfer(transfer: Transfer): Promise<void>
  addEntry(entry: NewLedgerEntry): Promise<void>
  findTransfer(id: TransferId): Promise<Transfer | null>
  /** The newest first; those before `before`, when it is not null. */
  entries(account: AccountId, before: number | null, limit: number): Promise<readonly LedgerEntry[]>
}
