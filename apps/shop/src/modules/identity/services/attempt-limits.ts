import { createHash } from 'node:crypto'
import type { State } from '../../../platform/state/state.js'
import { TooManyAttempts, WrongCredentials } from '../domain/errors.js'

interface Limit {
  readonly key: string
  /** So many in a window, which begins with the first. */
  readonly max: number
  readonly windowMs: number
}

const MINUTE_MS = 60_000
const KNOWN_MS = 30 * 24 * 60 * MINUTE_MS

/** From one address, whatever the accounts. */
export const ADDRESS_LIMIT = { max: 50, windowMs: 15 * MINUTE_MS } as const
/** At one account from one address. */
export const PAIR_LIMIT = { max: 8, windowMs: 15 * MINUTE_MS } as const
/** At one account from all addresses from which nobody has signed in to it yet. */
export const ACCOUNT_LIMIT = { max: 20, windowMs: 5 * MINUTE_MS } as const
/** Registrations from one address. */
export const REGISTRATION_LIMIT = { max: 50, windowMs: 60 * MINUTE_MS } as const

/**
 * Bounds the guessing of passwords: by address, so that one machine can't try many accounts, and by account, so that many
 * machines can't try one. An account that is not there is counted like one that is.
 *
 * Security: who fails on purpose must not be able to keep others out. So the limit of an account does not count for an
 * address from which its owner has signed in within 30 days, and elsewhere the wait is 5 minutes at most.
 */
export class AttemptLimits {
  readonly #state: State

  constructor(state: State) {
    this.#state = state
  }

  /**
   * Runs an attempt to sign in. Rejects with TooManyAttempts, without having run it, when there were too many that
   * failed with WrongCredentials.
   */
  async signIn<T>(email: string, address: string, attempt: () => Promise<T>): Promise<T> {
    const account = createHash('sha256').update(email).digest('base64url')
    const known = `identity:known:${account}:${address}`
    const pair = { key: `identity:pair:${account}:${address}`, ...PAIR_LIMIT }
    const limits: Limit[] = [{ key: `identity:address:${address}`, ...ADDRESS_LIMIT }, pair]
    const isKnown = (await this.#state.get(known)) !== null
    if (!isKnown) limits.push({ key: `identity:account:${account}`, ...ACCOUNT_LIMIT })
    await this.#count(limits)
    try {
      const result = await attempt()
      await this.#giveBack(limits)
      await this.#state.delete(pair.key)
      await this.#state.set(known, '1', { expiresInMs: KNOWN_MS })
      return result
    } catch (error) {
      if (!(error instanceof WrongCredentials)) await this.#giveBack(limits)
      throw error
    }
  }

  /** Counts a registration. Rejects with TooManyAttempts. */
  async register(address: string): Promise<void> {
    await this.#count([{ key: `identity:registrations:${address}`, ...REGISTRATION_LIMIT }])
  }

  /**
   * Counted before the attempt and given back after it: of many at the same time, no more run than may. An attempt that
   * is refused counts nowhere, so that who goes on trying does not put the end off.
   */
  async #count(limits: readonly Limit[]): Promise<void> {
    const counted: Limit[] = []
    for (const limit of limits) {
      counted.push(limit)
      const { key, max, windowMs } = limit
      if ((await this.#state.increment(key, 1, { expiresInMs: windowMs })) <= max) continue
      const left = await this.#state.expiresInMs(key)
      await this.#giveBack(counted)
      throw new TooManyAttempts(left ?? windowMs)
    }
  }

  async #giveBack(limits: readonly Limit[]): Promise<void> {
    for (const { key, windowMs } of limits) await this.#state.increment(key, -1, { expiresInMs: windowMs })
  }
}
