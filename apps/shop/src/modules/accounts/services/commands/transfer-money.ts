import { newId } from '../../../../domain/ids.js'
import type { Money } from '../../../../domain/money.js'
import type { Clock } from '../../../../platform/clock/clock.js'
import type { TransactionOptions, Transactions } from '../../../../platform/database/transactions.js'
import type { Outbox } from '../../../../platform/events/outbox.js'
import { Account, type AccountId } from '../../domain/account.js'
import { AccountNotFound, UnknownTransferAccount } from '../../domain/errors.js'
import type { AccountRepository, LedgerRepository } from '../../domain/repositories.js'
import { book, type Transfer } from '../../domain/transfer.js'

export interface TransferDependencies {
  readonly accounts: AccountRepository
  readonly ledger: LedgerRepository
  readonly transactions: Transactions
  readonly outbox: Outbox
  readonly clock: Clock
}

export interface TransferRequest {
  readonly from: AccountId
  readonly to: AccountId
  readonly amount: Money
  readonly note: string
}

export interface DepositRequest {
  readonly to: AccountId
  readonly amount: Money
  readonly note: string
}

export interface TransferAsker {
  readonly userId: string
  /** Whether they may move the money of others. */
  readonly isStaff: boolean
}

/**
 * How transfers run. What two of them read and write must be as if one came after the other; one that can't be is
 * begun anew.
 */
export const TRANSFER_TRANSACTION: TransactionOptions = { isolation: 'serializable', attempts: 25 }

/**
 * Moves money: both balances, both entries in the ledger and the event, or nothing. Rejects with the errors of
 * domain/errors.ts.
 */
export class TransferMoney {
  readonly #needs: TransferDependencies

  constructor(needs: TransferDependencies) {
    this.#needs = needs
  }

  execute({ from, to, amount, note }: TransferRequest, asker: TransferAsker): Promise<Transfer> {
    const { accounts, transactions } = this.#needs
    return transactions.transaction(async () => {
      const source = await accounts.find(from)
      // Whose account it is not, does not learn that there is one.
      if (source === null || (source.data.owner !== asker.userId && !asker.isStaff))
        throw new UnknownTransferAccount('from', from)
      const target = from === to ? source : await accounts.find(to)
      if (target === null) throw new UnknownTransferAccount('to', to)
      return this.#move(source, target, amount, note, asker.userId)
    }, TRANSFER_TRANSACTION)
  }

  /** Money that comes from outside, booked against the shop's own account. */
  deposit({ to, amount, note }: DepositRequest, madeBy: string): Promise<Transfer> {
    const { accounts, transactions, clock } = this.#needs
    return transactions.transaction(async () => {
      const target = await accounts.find(to)
      if (target === null) throw new AccountNotFound(to)
      const openedAt = clock.now()
      const { currency } = amount
      const start = Account.open({
        id: newId(openedAt),
        owner: null,
        name: `Settlement ${currency}`,
        currency,
        openedAt,
      })
      const source = await accounts.settlement(currency, start)
      return this.#move(source, target, amount, note, madeBy)
    }, TRANSFER_TRANSACTION)
  }

  async #move(
    source: Account,
    target: Account,
    amount: Money,
    note: string,
    madeBy: string,
  ): Promise<Transfer> {
    const { accounts, ledger, outbox, clock } = this.#needs
    const madeAt = clock.now()
    const details = { id: newId<'transfer'>(madeAt), amount, note, madeBy, madeAt }
    const { transfer, from, to, entries } = book(source, target, details)
    await ledger.addTransfer(transfer)
    // In one order, so that two who move money between the same accounts do not lock each other out.
    for (const account of [from, to].toSorted((left, right) => (left.id < right.id ? -1 : 1)))
      await accounts.saveBalance(account)
    for (const entry of entries) await ledger.addEntry(entry)
    await outbox.append({
      id: newId(madeAt),
      aggregate: `transfer:${transfer.id}`,
      type: 'transfer.made',
      occurredAt: madeAt,
      data: {
        transferId: transfer.id,
        from: { account: from.id, owner: from.data.owner },
        to: { account: to.id, owner: to.data.owner },
        amount: { amount: amount.amount, currency: amount.currency },
        note,
      },
    })
    return transfer
  }
}
