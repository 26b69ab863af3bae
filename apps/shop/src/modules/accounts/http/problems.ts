import { invalidInput } from '../../../http/problems/invalid-input.js'
import { defineProblems, Problem } from '../../../http/problems/problem.js'
import {
  AccountNotFound,
  BalanceTooLarge,
  InsufficientFunds,
  SameAccount,
  TransferNotFound,
  UnknownTransferAccount,
  WrongCurrency,
} from '../domain/errors.js'

export const ACCOUNT_PROBLEMS = defineProblems({
  'account-not-found': {
    status: 404,
    title: 'There is no such account',
    explanation: 'It never was, or it is that of somebody else.',
  },
  'transfer-not-found': {
    status: 404,
    title: 'There is no such transfer',
    explanation: 'It never was, or it is between accounts of others.',
  },
  'insufficient-funds': {
    status: 409,
    title: 'The account does not hold that much',
    explanation: 'Nothing was transferred. Transfer less, or wait until money has come in.',
  },
  'balance-too-large': {
    status: 409,
    title: 'The account can not hold that much',
    explanation: 'Nothing was transferred.',
  },
})

/** What a client is told about the errors of the domain of accounts. */
export function problemOfAccounts(error: unknown): Problem | null {
  if (error instanceof AccountNotFound)
    return new Problem(ACCOUNT_PROBLEMS['account-not-found'], `There is no account ${error.id}.`)
  if (error instanceof TransferNotFound)
    return new Problem(ACCOUNT_PROBLEMS['transfer-not-found'], `There is no transfer ${error.id}.`)
  if (error instanceof InsufficientFunds) {
    const problem = 'is more than the account holds'
    const errors = [{ in: 'body', field: 'amount', problem, expected: 'at most its balance' }] as const
    const detail = `Account ${error.accountId} does not hold that much.`
    return new Problem(ACCOUNT_PROBLEMS['insufficient-funds'], detail, { errors })
  }
  if (error instanceof BalanceTooLarge)
    return new Problem(ACCOUNT_PROBLEMS['balance-too-large'], `Account ${error.accountId} is full.`)
  return invalidTransfer(error)
}

function invalidTransfer(error: unknown): Problem | null {
  if (error instanceof UnknownTransferAccount) {
    const expected = error.side === 'from' ? 'the id of an account of yours' : 'the id of an account'
    const problem = `is ${JSON.stringify(error.id)}, which is none`
    return invalidInput([{ in: 'body', field: error.side, problem, expected }])
  }
  if (error instanceof SameAccount) {
    const problem = 'is the account that the money comes from'
    return invalidInput([{ in: 'body', field: 'to', problem, expected: 'another account' }])
  }
  if (error instanceof WrongCurrency) {
    const problem = `is "${error.sent}", and an account has ${error.expected}`
    return invalidInput([{ in: 'body', field: 'amount.currency', problem, expected: `"${error.expected}"` }])
  }
  return null
}
