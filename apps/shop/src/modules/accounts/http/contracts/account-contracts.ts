import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { moneySchema, sliceSchema } from '../../../../http/contracts/shapes.js'
import { idempotencyHeader } from '../../../../http/input/idempotency-key.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import {
  accountBody,
  accountPath,
  depositBody,
  entriesQuery,
  transferBody,
  transferPath,
} from '../account-input.js'
import { ACCOUNT_PROBLEMS } from '../problems.js'

export const accountSchema = component(
  'Account',
  z.object({
    id: z.uuid(),
    owner: z.string().nullable().meta({ description: 'The id of a user; null for the shop’s own.' }),
    name: z.string(),
    balance: moneySchema,
    openedAt: z.iso.datetime(),
  }),
)

export const entrySchema = component(
  'LedgerEntry',
  z.object({
    id: z.int(),
    transferId: z.uuid(),
    amount: moneySchema,
    balanceAfter: moneySchema,
    at: z.iso.datetime(),
  }),
)

export const transferSchema = component(
  'Transfer',
  z.object({
    id: z.uuid(),
    from: z.uuid(),
    to: z.uuid(),
    amount: moneySchema,
    note: z.string(),
    madeBy: z.string(),
    madeAt: z.iso.datetime(),
  }),
)

const common = { tag: 'money', security: 'user' } as const
const ACCOUNT = { description: 'The account.', schema: accountSchema } as const
const TRANSFER = { description: 'The transfer.', schema: transferSchema } as const
const REPEATED =
  'Sent again with the same `Idempotency-Key`, it gives the same answer, with `Idempotent-Replayed`, and no more money ' +
  'is moved.'
const notFound = ACCOUNT_PROBLEMS['account-not-found']
const bookingErrors = [
  ACCOUNT_PROBLEMS['balance-too-large'],
  PROBLEMS['idempotency-key-in-flight'],
  PROBLEMS['idempotency-key-reused'],
  PROBLEMS['too-much-contention'],
]

const amount = { amount: 1290, currency: 'EUR' }
const newAccount = component(
  'NewAccount',
  accountBody.meta({ examples: [{ name: 'Savings', currency: 'EUR' }] }),
)
const newDeposit = component('NewDeposit', depositBody.meta({ examples: [{ amount, note: 'paid in cash' }] }))
const newTransfer = component(
  'NewTransfer',
  transferBody.meta({
    examples: [
      {
        from: '0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f',
        to: '0197f2c0-1a2b-7c3d-9e4f-0f9e8d7c6b5a',
        amount,
        note: 'for the tea',
      },
    ],
  }),
)

export const listAccounts = operation({
  ...common,
  method: 'get',
  id: 'listAccounts',
  summary: 'One’s accounts',
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(accountSchema) }) } },
})

export const openAccount = operation({
  ...common,
  method: 'post',
  id: 'openAccount',
  summary: 'Opens an account',
  body: newAccount,
  answers: { 201: { ...ACCOUNT, headers: { Location: 'Where the account is.' } } },
})

export const readAccount = operation({
  ...common,
  method: 'get',
  id: 'readAccount',
  summary: 'An account',
  params: accountPath,
  answers: { 200: ACCOUNT },
  errors: [notFound],
})

export const listEntries = operation({
  ...common,
  method: 'get',
  id: 'listEntries',
  summary: 'The statement of an account, the newest entry first',
  params: accountPath,
  query: entriesQuery,
  answers: { 200: { description: 'A slice of it.', schema: sliceSchema(entrySchema) } },
  errors: [notFound],
})

export const deposit = operation({
  ...common,
  method: 'post',
  id: 'deposit',
  summary: 'Money comes in from outside',
  description: REPEATED,
  params: accountPath,
  headers: idempotencyHeader,
  body: newDeposit,
  answers: { 201: TRANSFER },
  errors: [notFound, ...bookingErrors],
  security: { permission: 'accounts:write' },
})

export const transfer = operation({
  ...common,
  method: 'post',
  id: 'transfer',
  summary: 'Moves money from an account to another one',
  description: REPEATED,
  headers: idempotencyHeader,
  body: newTransfer,
  answers: { 201: { ...TRANSFER, headers: { Location: 'Where the transfer is.' } } },
  errors: [ACCOUNT_PROBLEMS['insufficient-funds'], ...bookingErrors],
})

export const readTransfer = operation({
  ...common,
  method: 'get',
  id: 'readTransfer',
  summary: 'A transfer between accounts, of which one is one’s own',
  params: transferPath,
  answers: { 200: TRANSFER },
  errors: [ACCOUNT_PROBLEMS['transfer-not-found']],
})
