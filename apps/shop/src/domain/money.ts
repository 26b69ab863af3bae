/** ISO 4217 codes of the currencies that the shop knows. */
export type Currency = 'EUR'

/**
 * An amount in the minor unit of its currency: 1290 EUR is € 12.90. Integers only, so that sums are exact.
 *
 * Immutable. `Money.of` throws a RangeError for what is no safe integer.
 */
export class Money {
  readonly amount: number
  readonly currency: Currency

  private constructor(amount: number, currency: Currency) {
    this.amount = amount
    this.currency = currency
  }

  static of(amount: number, currency: Currency): Money {
    if (Number.isSafeInteger(amount)) return new Money(amount, currency)
    throw new RangeError(`an amount of money is a whole number of minor units, not ${amount}`)
  }
}
