import type { State } from '../../../platform/state/state.js'
import { TooManyMessages } from '../domain/errors.js'

export interface MessageRateLimits {
  readonly messages: number
  readonly windowMs: number
}

/** Counts the messages of each user, over all connections and instances. */
export class MessageRate {
  readonly #state: State
  readonly #limits: MessageRateLimits

  constructor(state: State, limits: MessageRateLimits) {
    this.#state = state
    this.#limits = limits
  }

  /** Rejects with TooManyMessages when the user has sent enough for now. */
  async count(userId: string): Promise<void> {
    const { messages, windowMs } = this.#limits
    const key = `chat:rate:${userId}`
    const sent = await this.#state.increment(key, 1, { expiresInMs: windowMs })
    if (sent > messages) throw new TooManyMessages(messages, (await this.#state.expiresInMs(key)) ?? windowMs)
  }
}
