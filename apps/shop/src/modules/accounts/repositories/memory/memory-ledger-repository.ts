import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { AccountId } from '../../domain/account.js'
import type { LedgerRepository } from '../../domain/repositories.js'
import type { LedgerEntry, NewLedgerEntry, Transfer, TransferId } from '../../domain/transfer.js'

export class MemoryLedgerRepository implements LedgerRepository {
  readonly #memory: MemoryDatabase
  readonly #transfers: MemoryTable<TransferId, Transfer>
  readonly #entries: MemoryTable<number, LedgerEntry>

  constructor(memory: MemoryDatabase) {
    this.#memory = memory
    this.#transfers = memory.table('transfers')
    this.#entries = memory.table('ledger_entries')
  }

  async addTransfer(transfer: Transfer): Promise<void> {
    this.#transfers.set(transfer.id, transfer)
  }

  async addEntry(entry: NewLedgerEntry): Promise<void> {
    const id = this.#memory.nextOf('ledger_entries')
    this.#entries.set(id, { ...entry, id })
  }

  async findTransfer(id: TransferId): Promise<Transfer | null> {
    return this.#transfers.get(id) ?? null
  }

  async entries(account: AccountId, before: number | null, limit: number): Promise<readonly LedgerEntry[]> {
    return this.#entries
      .values()
      .filter((entry) => entry.accountId === account && (before === null || entry.id < before))
      .toSorted((left, right) => right.id - left.id)
      .slice(0, limit)
  }
}
