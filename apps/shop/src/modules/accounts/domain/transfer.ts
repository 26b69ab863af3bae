import type { Id } from '../../../domain/ids.js'
import type { Money } from '../../../domain/money.js'
import type { Account, AccountId } from './account.js'
import { SameAccount } from './errors.js'

export type TransferId = Id<'transfer'>

/** Money that went from one account to another. */
export interface Transfer {
  readonly id: TransferId
  readonly from: AccountId
  readonly to: AccountId
  readonly amount: Money
  readonly note: string
  /** Who has made it: the id of a user. */
  readonly madeBy: string
  readonly madeAt: Date
}

/** One side of a transfer. Those of a transfer add up to nothing. */
export interface LedgerEntry {
  /** Later ones have higher numbers. */
  readonly id: number
  readonly transferId: TransferId
  readonly accountId: AccountId
  /** Negative when it went out. */
  readonly amount: Money
  readonly balanceAfter: Money
  readonly at: Date
}

export type NewLedgerEntry = Omit<LedgerEntry, 'id'>

/** What a transfer makes of its two accounts. */
export interface Booking {
  readonly transfer: Transfer
  readonly from: Account
  readonly to: Account
  readonly entries: readonly [NewLedgerEntry, NewLedgerEntry]
}

/** Throws SameAccount, WrongCurrency, InsufficientFunds and BalanceTooLarge. */
export function book(
  from: Account,
  to: Account,
  details: Pick<Transfer, 'id' | 'amount' | 'note' | 'madeBy' | 'madeAt'>,
): Booking {
  if (from.id === to.id) throw new SameAccount(from.id)
  const { id: transferId, amount, madeAt: at } = details
  if (amount.amount <= 0) throw new RangeError(`no amount to transfer: ${amount}`)
  const debited = from.withdraw(amount)
  const credited = to.deposit(amount)
  const entry = (account: Account, booked: Money): NewLedgerEntry => ({
    transferId,
    accountId: account.id,
    amount: booked,
    balanceAfter: account.balance,
    at,
  })
  return {
    transfer: { ...details, from: from.id, to: to.id },
    from: debited,
    to: credited,
    entries: [entry(debited, amount.negated()), entry(credited, amount)],
  }
}
