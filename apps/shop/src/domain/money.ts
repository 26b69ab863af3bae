/** ISO 4217 codes that the shop knows, with the number of digits that their minor unit has. */
const MINOR_DIGITS = { EUR: 2, GBP: 2, JPY: 0, USD: 2 } as const

export type Currency = keyof typeof MINOR_DIGITS

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
    if (!Number.isSafeInteger(amount))
      throw new RangeError(`an amount of money is a whole number of minor units, not ${amount}`)
    return new Money(amount, currency)
  }

  /** The amount as a person writes it, without the currency: `12.90`, and `1290` where there is no minor unit. */
  format(): string {
    const digits = MINOR_DIGITS[this.currency]
    return (this.amount / 10 ** digits).toFixed(digits)
  }

  equals(other: Money): boolean {
    return this.amount === other.amount && this.currency === other.currency
  }
}
