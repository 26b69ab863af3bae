import type { z } from 'zod'
import { representMoney } from '../../../http/contracts/shapes.js'
import type { Account } from '../domain/account.js'
import type { LedgerEntry, Transfer } from '../domain/transfer.js'
import type { accountSchema, entrySchema, transferSchema } from './contracts/account-contracts.js'

/** Accounts and transfers as the API shows them. */

export function representAccount({
  data: { balance, openedAt, ...account },
}: Account): z.input<typeof accountSchema> {
  return { ...account, balance: representMoney(balance), openedAt: openedAt.toISOString() }
}

export function representEntry({
  accountId: _account,
  amount,
  balanceAfter,
  at,
  ...entry
}: LedgerEntry): z.input<typeof entrySchema> {
  return {
    ...entry,
    amount: representMoney(amount),
    balanceAfter: representMoney(balanceAfter),
    at: at.toISOString(),
  }
}

export function representTransfer({ amount, madeAt, ...transfer }: Transfer): z.input<typeof transferSchema> {
  return { ...transfer, amount: representMoney(amount), madeAt: madeAt.toISOString() }
}
