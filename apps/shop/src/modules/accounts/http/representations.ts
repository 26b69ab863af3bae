import type { Money } from '../../../domain/money.js'
import type { Account } from '../domain/account.js'
import type { LedgerEntry, Transfer } from '../domain/transfer.js'

/** Accounts and transfers as the API shows them. */

export function representAccount({ data: { balance, openedAt, ...account } }: Account): object {
  return { ...account, balance: representMoney(balance), openedAt: openedAt.toISOString() }
}

export function representEntry({
  accountId: _account,
  amount,
  balanceAfter,
  at,
  ...entry
}: LedgerEntry): object {
  return {
    ...entry,
    amount: representMoney(amount),
    balanceAfter: representMoney(balanceAfter),
    at: at.toISOString(),
  }
}

export function representTransfer({ amount, madeAt, ...transfer }: Transfer): object {
  return { ...transfer, amount: representMoney(amount), madeAt: madeAt.toISOString() }
}

function representMoney({ amount, currency }: Money): object {
  return { amount, currency }
}
