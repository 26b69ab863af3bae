import { z } from 'zod'
import { type Currency, CURRENCY_DIGITS, Money } from '../../../domain/money.js'
import { expecting } from '../../../http/input/expectation.js'
import { idOf } from '../../../http/input/id.js'
import { parseNumberKey, slicing } from '../../../http/input/place-cursor.js'
import { line } from '../../../http/input/text.js'
import { type AccountId, TRANSFER_LIMIT } from '../domain/account.js'
import type { TransferId } from '../domain/transfer.js'
import type { TransferRequest } from '../services/commands/transfer-money.js'

const CURRENCIES = Object.keys(CURRENCY_DIGITS) as [Currency, ...Currency[]]
const NAME_LENGTH = 80
const NOTE_LENGTH = 140

const currency = expecting(`one of ${CURRENCIES.join(', ')}`, z.enum(CURRENCIES))

const accountId: z.ZodType<AccountId> = idOf<'account'>('the id of an account')
const transferId: z.ZodType<TransferId> = idOf<'transfer'>('the id of a transfer')

const amount = expecting(
  'an amount and a currency, such as {"amount":1290,"currency":"EUR"}',
  z
    .strictObject({
      amount: expecting(
        `a whole number of minor units from 1 to ${TRANSFER_LIMIT}`,
        z.int().min(1).max(TRANSFER_LIMIT),
      ),
      currency,
    })
    .transform((sent) => Money.of(sent.amount, sent.currency)),
)

const note = expecting(`a line of text with at most ${NOTE_LENGTH} characters`, line(0, NOTE_LENGTH)).default(
  '',
)

export const accountPath: z.ZodType<{ readonly id: AccountId }> = z.object({ id: accountId })

export const transferPath: z.ZodType<{ readonly id: TransferId }> = z.object({ id: transferId })

export const accountBody = expecting(
  'a JSON object such as {"name":"Savings","currency":"EUR"}',
  z.strictObject({
    name: expecting(`a line of text with 1 to ${NAME_LENGTH} characters`, line(1, NAME_LENGTH)),
    currency,
  }),
)

export const depositBody: z.ZodType<{ readonly amount: Money; readonly note: string }> = expecting(
  'a JSON object such as {"amount":{"amount":1290,"currency":"EUR"}}',
  z.strictObject({ amount, note }),
)

export const transferBody: z.ZodType<TransferRequest> = expecting(
  'a JSON object such as {"from":"<id>","to":"<id>","amount":{"amount":1290,"currency":"EUR"}}',
  z.strictObject({ from: accountId, to: accountId, amount, note }),
)

export const entriesQuery = z.strictObject(slicing(parseNumberKey))
