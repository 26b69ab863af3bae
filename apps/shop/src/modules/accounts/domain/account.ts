import type { Id } from '../../../domain/ids.js'
import { type Currency, Money } from '../../../domain/money.js'
import { BalanceTooLarge, InsufficientFunds, WrongCurrency } from './errors.js'

export type AccountId = Id<'account'>

/** In minor units; far below what is still exact. */
export const BALANCE_LIMIT = 1_000_000_000_000

/** One transfer moves at most this much, in minor units. */
export const TRANSFER_LIMIT = 10_000_000_000

export interface AccountData {
  readonly id: AccountId
  /** Null for the shop's own: what comes in from outside is booked against it, so it may be below zero. */
  readonly owner: string | null
  readonly name: string
  readonly balance: Money
  readonly openedAt: Date
}

/** Immutable. An account of somebody is never below zero. */
export class Account {
  readonly data: AccountData

  /** From what was stored. */
  constructor(data: AccountData) {
    this.data = data
  }

  static open({
    currency,
    ...start
  }: Omit<AccountData, 'balance'> & { readonly currency: Currency }): Account {
    return new Account({ ...start, balance: Money.zero(currency) })
  }

  get id(): AccountId {
    return this.data.id
  }

  get balance(): Money {
    return this.data.balance
  }

  /** Throws WrongCurrency and InsufficientFunds. */
  withdraw(amount: Money): Account {
    this.#assertCurrency(amount)
    const balance = this.balance.minus(amount)
    if (balance.isNegative && this.data.owner !== null) throw new InsufficientFunds(this.id, amount)
    return new Account({ ...this.data, balance })
  }

  /** Throws WrongCurrency and BalanceTooLarge. */
  deposit(amount: Money): Account {
    this.#assertCurrency(amount)
    const balance = this.balance.plus(amount)
    if (balance.amount > BALANCE_LIMIT) throw new BalanceTooLarge(this.id)
    return new Account({ ...this.data, balance })
  }

  #assertCurrency({ currency }: Money): void {
    if (currency !== this.balance.currency) throw new WrongCurrency(currency, this.balance.currency)
  }
}
