import { type Slice, sliceOf } from '../../../../domain/paging.js'
import type { Account, AccountId } from '../../domain/account.js'
import { AccountNotFound, TransferNotFound } from '../../domain/errors.js'
import type { AccountRepository, LedgerRepository } from '../../domain/repositories.js'
import type { LedgerEntry, Transfer, TransferId } from '../../domain/transfer.js'

export interface AccountViewer {
  readonly userId: string
  readonly seesAll: boolean
}

/** What is of somebody else is not found, for who may not see all. */
export class AccountQueries {
  readonly #accounts: AccountRepository
  readonly #ledger: LedgerRepository

  constructor({ accounts, ledger }: { accounts: AccountRepository; ledger: LedgerRepository }) {
    this.#accounts = accounts
    this.#ledger = ledger
  }

  ofOwner(owner: string): Promise<readonly Account[]> {
    return this.#accounts.ofOwner(owner)
  }

  async account(id: AccountId, { userId, seesAll }: AccountViewer): Promise<Account> {
    const account = await this.#accounts.find(id)
    if (account === null || (account.data.owner !== userId && !seesAll)) throw new AccountNotFound(id)
    return account
  }

  /** The newest first. The place of a slice is the number of its last entry. */
  async entries(
    id: AccountId,
    viewer: AccountViewer,
    before: number | null,
    size: number,
  ): Promise<Slice<LedgerEntry, number>> {
    await this.account(id, viewer)
    return sliceOf(await this.#ledger.entries(id, before, size + 1), size, (entry) => entry.id)
  }

  /** For who has one of the two accounts. */
  async transfer(id: TransferId, { userId, seesAll }: AccountViewer): Promise<Transfer> {
    const transfer = await this.#ledger.findTransfer(id)
    if (transfer === null) throw new TransferNotFound(id)
    if (seesAll) return transfer
    const parties = [await this.#accounts.find(transfer.from), await this.#accounts.find(transfer.to)]
    if (parties.some((account) => account?.data.owner === userId)) return transfer
    throw new TransferNotFound(id)
  }
}
