import { DomainError } from '../../../domain/errors.js'
import type { Money } from '../../../domain/money.js'

export class AccountNotFound extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`there is no account ${id}`)
    this.id = id
  }
}

/** A transfer names an account that is not there. */
export class UnknownTransferAccount extends DomainError {
  readonly side: 'from' | 'to'
  readonly id: string

  constructor(side: 'from' | 'to', id: string) {
    super(`there is no account ${id} to transfer ${side}`)
    this.side = side
    this.id = id
  }
}

export class TransferNotFound extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`there is no transfer ${id}`)
    this.id = id
  }
}

export class InsufficientFunds extends DomainError {
  readonly accountId: string

  constructor(accountId: string, wanted: Money) {
    super(`account ${accountId} holds less than ${wanted}`)
    this.accountId = accountId
  }
}

export class SameAccount extends DomainError {
  readonly accountId: string

  constructor(accountId: string) {
    super(`account ${accountId} can not transfer to itself`)
    this.accountId = accountId
  }
}

/** The amount is in another currency than one of the accounts. */
export class WrongCurrency extends DomainError {
  readonly sent: string
  readonly expected: string

  constructor(sent: string, expected: string) {
    super(`the amount is in ${sent}, the account in ${expected}`)
    this.sent = sent
    this.expected = expected
  }
}

export class BalanceTooLarge extends DomainError {
  readonly accountId: string

  constructor(accountId: string) {
    super(`account ${accountId} can not hold that much`)
    this.accountId = accountId
  }
}
