import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { newId } from '#shop/domain/ids.js'
import { type Currency, Money } from '#shop/domain/money.js'
import { Account, BALANCE_LIMIT } from '#shop/modules/accounts/domain/account.js'
import {
  BalanceTooLarge,
  InsufficientFunds,
  SameAccount,
  WrongCurrency,
} from '#shop/modules/accounts/domain/errors.js'
import { book } from '#shop/modules/accounts/domain/transfer.js'

const NOW = new Date('2025-01-02T03:04:05.678Z')

function account(cents: number, currency: Currency = 'EUR', owner: string | null = 'ada'): Account {
  const balance = Money.of(cents, currency)
  return new Account({ id: newId(NOW), owner, name: 'Test', balance, openedAt: NOW })
}

const details = (cents: number, currency: Currency = 'EUR') => ({
  id: newId<'transfer'>(NOW),
  amount: Money.of(cents, currency),
  note: '',
  madeBy: 'ada',
  madeAt: NOW,
})

describe('a transfer', () => {
  it('takes from one account what it gives to the other, and books both', () => {
    const { from, to, entries } = book(account(100), account(5), details(40))
    assert.deepEqual([from.balance.amount, to.balance.amount], [60, 45])
    assert.deepEqual(
      entries.map(({ amount, balanceAfter }) => [amount.amount, balanceAfter.amount]),
      [
        [-40, 60],
        [40, 45],
      ],
    )
  })

  it('is refused from an account to itself, in another currency, and of nothing', () => {
    const own = account(100)
    assert.throws(() => book(own, own, details(1)), SameAccount)
    assert.throws(() => book(account(100), account(100), details(1, 'USD')), WrongCurrency)
    assert.throws(() => book(account(100), account(100, 'USD'), details(1)), WrongCurrency)
    for (const cents of [0, -1])
      assert.throws(() => book(account(100), account(5), details(cents)), RangeError)
  })

  it('leaves no account of somebody below zero, and none above its limit', () => {
    assert.throws(() => book(account(39), account(5), details(40)), InsufficientFunds)
    assert.equal(book(account(0, 'EUR', null), account(5), details(40)).from.balance.amount, -40)
    assert.throws(() => book(account(40), account(BALANCE_LIMIT), details(40)), BalanceTooLarge)
  })

  it('changes no sum, whatever it is', () => {
    const cents = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 1, max: 10_000 }), (left, right, amount) => {
        try {
          const { from, to, entries } = book(account(left), account(right), details(amount))
          assert.equal(from.balance.amount + to.balance.amount, left + right)
          assert.equal(entries[0].amount.amount + entries[1].amount.amount, 0)
        } catch (error) {
          assert.ok(error instanceof InsufficientFunds && amount > left)
        }
      }),
    )
  })
})
