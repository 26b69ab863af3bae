import { CurrencyMismatch } from './errors.js'

/** ISO 4217 codes of the currencies that the shop knows, with the number of digits of their minor unit. */
export const CURRENCY_DIGITS = { CHF: 2, EUR: 2, GBP: 2, JPY: 0, USD: 2 } as const

export type Currency = keyof typeof CURRENCY_DIGITS

/**
 * What becomes of the part of a minor unit that can't be paid. `half-even` goes to the nearest, and from the middle to
 * the even one, so that many roundings do not add up to one side; `half-up` from the middle away from zero, as most
 * tax laws have it; `down` towards zero; `up` away from it.
 */
export type Rounding = 'half-even' | 'half-up' | 'down' | 'up'

/**
 * An amount in the minor unit of its currency: 1290 EUR is € 12.90. Integers only, so that sums are exact.
 *
 * Immutable. All methods throw a RangeError when the result is no safe integer, and CurrencyMismatch when two
 * currencies meet.
 */
export class Money {
  readonly amount: number
  readonly currency: Currency

  private constructor(amount: number, currency: Currency) {
    this.amount = amount
    this.currency = currency
  }

  static of(amount: number, currency: Currency): Money {
    // -0 would be written and compared as another value.
    if (Number.isSafeInteger(amount)) return new Money(amount === 0 ? 0 : amount, currency)
    throw new RangeError(`an amount of money is a whole number of minor units, not ${amount}`)
  }

  static zero(currency: Currency): Money {
    return new Money(0, currency)
  }

  /** The currency says what the sum of nothing is. */
  static sum(amounts: Iterable<Money>, currency: Currency): Money {
    let sum = Money.zero(currency)
    for (const amount of amounts) sum = sum.plus(amount)
    return sum
  }

  get isZero(): boolean {
    return this.amount === 0
  }

  get isNegative(): boolean {
    return this.amount < 0
  }

  plus(other: Money): Money {
    this.#assertSameCurrency(other)
    return Money.of(this.amount + other.amount, this.currency)
  }

  minus(other: Money): Money {
    this.#assertSameCurrency(other)
    return Money.of(this.amount - other.amount, this.currency)
  }

  negated(): Money {
    return Money.of(-this.amount, this.currency)
  }

  /** So many times the amount; `count` is a whole number. */
  times(count: number): Money {
    if (!Number.isSafeInteger(count))
      throw new RangeError(`money is multiplied by whole numbers, not ${count}`)
    return Money.of(this.amount * count, this.currency)
  }

  /** `numerator / denominator` of the amount: 19 % is `portion(19, 100)`. Both are whole numbers. */
  portion(numerator: number, denominator: number, rounding: Rounding = 'half-even'): Money {
    if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0) {
      throw new RangeError(`no portion: ${numerator}/${denominator}`)
    }
    const quotient = divide(BigInt(this.amount) * BigInt(numerator), BigInt(denominator), rounding)
    return Money.of(Number(quotient), this.currency)
  }

  /** The amount in parts as equal as they can be, the larger first. Their sum is the amount. */
  split(parts: number): readonly Money[] {
    if (!Number.isSafeInteger(parts) || parts < 1) throw new RangeError(`no number of parts: ${parts}`)
    const each = Math.trunc(this.amount / parts)
    const left = Math.abs(this.amount - each * parts)
    const unit = Math.sign(this.amount)
    return Array.from({ length: parts }, (_, index) =>
      Money.of(each + (index < left ? unit : 0), this.currency),
    )
  }

  /** Negative when this is less than the other, 0 when they are equal. */
  compare(other: Money): number {
    this.#assertSameCurrency(other)
    return this.amount - other.amount
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.amount === other.amount
  }

  /** As people write it, without the currency: `12.90`. */
  toDecimal(): string {
    const digits = CURRENCY_DIGITS[this.currency]
    const sign = this.amount < 0 ? '-' : ''
    const text = String(Math.abs(this.amount)).padStart(digits + 1, '0')
    return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
  }

  toString(): string {
    return `${this.toDecimal()} ${this.currency}`
  }

  #assertSameCurrency(other: Money): void {
    if (this.currency !== other.currency) throw new CurrencyMismatch(this.currency, other.currency)
  }
}

/** `denominator` is positive. */
function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const towardsZero = numerator / denominator
  const rest = numerator % denominator
  if (rest === 0n || rounding === 'down') return towardsZero
  const away = towardsZero + (numerator < 0n ? -1n : 1n)
  if (rounding === 'up') return away
  const twice = 2n * (rest < 0n ? -rest : rest)
  if (twice !== denominator) return twice > denominator ? away : towardsZero
  return rounding === 'half-up' || towardsZero % 2n !== 0n ? away : towardsZero
}
