import type { Storage } from '../../../platform/database/storage.js'
import type { AccountRepository, LedgerRepository } from '../domain/repositories.js'
import { MemoryAccountRepository } from './memory/memory-account-repository.js'
import { MemoryLedgerRepository } from './memory/memory-ledger-repository.js'
import { PostgresAccountRepository } from './postgres/postgres-account-repository.js'
import { PostgresLedgerRepository } from './postgres/postgres-ledger-repository.js'

export interface AccountRepositories {
  readonly accounts: AccountRepository
  readonly ledger: LedgerRepository
}

/** The repositories that fit a storage. */
export function createAccountRepositories(storage: Storage): AccountRepositories {
  if (storage.kind === 'sql') {
    return {
      accounts: new PostgresAccountRepository(storage.sql),
      ledger: new PostgresLedgerRepository(storage.sql),
    }
  }
  return {
    accounts: new MemoryAccountRepository(storage.memory),
    ledger: new MemoryLedgerRepository(storage.memory),
  }
}
