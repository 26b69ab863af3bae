import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Currency } from '../../../../domain/money.js'
import type { AccountId } from '../../domain/account.js'
import type { TransferId } from '../../domain/transfer.js'

/** The tables of migrations/0023_accounts.sql, as the queries see them. */

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
/** Minor units. The domain's limits keep all of them where a number is exact. */
const amount = (name: string) => bigint(name, { mode: 'number' })

export const accounts = pgTable('accounts', {
  id: uuid('id').$type<AccountId>().primaryKey(),
  owner: text('owner'),
  name: text('name').notNull(),
  currency: text('currency').$type<Currency>().notNull(),
  balance: amount('balance').notNull(),
  openedAt: time('opened_at').notNull(),
})

export const transfers = pgTable('transfers', {
  id: uuid('id').$type<TransferId>().primaryKey(),
  from: uuid('from_account').$type<AccountId>().notNull(),
  to: uuid('to_account').$type<AccountId>().notNull(),
  amount: amount('amount').notNull(),
  currency: text('currency').$type<Currency>().notNull(),
  note: text('note').notNull(),
  madeBy: text('made_by').notNull(),
  madeAt: time('made_at').notNull(),
})

export const ledgerEntries = pgTable('ledger_entries', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  transferId: uuid('transfer_id').$type<TransferId>().notNull(),
  accountId: uuid('account_id').$type<AccountId>().notNull(),
  amount: amount('amount').notNull(),
  balanceAfter: amount('balance_after').notNull(),
  at: time('booked_at').notNull(),
})
