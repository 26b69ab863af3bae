import { z } from 'zod'
import { component } from '../../../http/contracts/component.js'
import type { OperationDescription } from '../../../http/openapi/operation.js'
import { moneySchema, sliceSchema } from '../../../http/contracts/shapes.js'
import { idempotencyHeader } from '../../../http/input/idempotency-key.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import {
  accountBody,
  accountPath,
  depositBody,
  entriesQuery,
  transferBody,
  transferPath,
} from './account-input.js'
import { ACCOUNT_PROBLEMS } from './problems.js'

const accountSchema = component(
  'Account',
  z.object({
    id: z.uuid(),
    owner: z.string().nullable().meta({ description: 'The id of a user; null for the shop’s own.' }),
    name: z.string(),
    balance: moneySchema,
    openedAt: z.iso.datetime(),
  }),
)

const entrySchema = component(
  'LedgerEntry',
  z.object({
    id: z.int(),
    transferId: z.uuid(),
    amount: moneySchema,
    balanceAfter: moneySchema,
    at: z.iso.datetime(),
  }),
)

const transferSchema = component(
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

const tag = 'money'
const security = 'user'
const ACCOUNT = { description: 'The account.', schema: accountSchema }
const TRANSFER = { description: 'The transfer.', schema: transferSchema }
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

/** What the OpenAPI document says of accounts. */
export const ACCOUNT_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listAccounts',
    tag,
    summary: 'One’s accounts',
    answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(accountSchema) }) } },
    security,
  },
  {
    method: 'post',
    path: '/',
    id: 'openAccount',
    tag,
    summary: 'Opens an account',
    body: { schema: newAccount },
    answers: { 201: { ...ACCOUNT, headers: { Location: 'Where the account is.' } } },
    security,
  },
  {
    method: 'get',
    path: '/{id}',
    id: 'readAccount',
    tag,
    summary: 'An account',
    parameters: { path: accountPath },
    answers: { 200: ACCOUNT },
    errors: [notFound],
    security,
  },
  {
    method: 'get',
    path: '/{id}/entries',
    id: 'listEntries',
    tag,
    summary: 'The statement of an account, the newest entry first',
    parameters: { path: accountPath, query: entriesQuery },
    answers: { 200: { description: 'A slice of it.', schema: sliceSchema(entrySchema) } },
    errors: [notFound],
    security,
  },
  {
    method: 'post',
    path: '/{id}/deposits',
    id: 'deposit',
    tag,
    summary: 'Money comes in from outside',
    description: REPEATED,
    parameters: { path: accountPath, header: idempotencyHeader },
    body: { schema: newDeposit },
    answers: { 201: TRANSFER },
    errors: [notFound, ...bookingErrors],
    security: { permission: 'accounts:write' },
  },
]

/** What it says of transfers. */
export const TRANSFER_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'post',
    path: '/',
    id: 'transfer',
    tag,
    summary: 'Moves money from an account to another one',
    description: REPEATED,
    parameters: { header: idempotencyHeader },
    body: { schema: newTransfer },
    answers: { 201: { ...TRANSFER, headers: { Location: 'Where the transfer is.' } } },
    errors: [ACCOUNT_PROBLEMS['insufficient-funds'], ...bookingErrors],
    security,
  },
  {
    method: 'get',
    path: '/{id}',
    id: 'readTransfer',
    tag,
    summary: 'A transfer between accounts, of which one is one’s own',
    parameters: { path: transferPath },
    answers: { 200: TRANSFER },
    errors: [ACCOUNT_PROBLEMS['transfer-not-found']],
    security,
  },
]
