export interface SetOptions {
  /** After how many milliseconds the value is gone; never, when it is left out. */
  readonly expiresInMs?: number
}

export type Unsubscribe = () => Promise<void>

/**
 * What the instances of the shop share and may lose: counters, locks, sessions, short-lived codes, and messages to
 * whoever listens just now. In memory for one instance, in Redis for several; one suite runs on both.
 *
 * Keys and values are text. All methods reject with StateUnavailable when the state can't be reached.
 */
export interface State {
  /** Null when there is none, or when it has expired. */
  get(key: string): Promise<string | null>
  set(key: string, value: string, options?: SetOptions): Promise<void>
  /** Sets it only when there is none; false when there is one. Of many callers at a time, one gets true. */
  setIfAbsent(key: string, value: string, options?: SetOptions): Promise<boolean>
  /** Gives the value and removes it. Of many callers at a time, one gets it. */
  take(key: string): Promise<string | null>
  /** False when there was none. */
  delete(key: string): Promise<boolean>
  /**
   * Removes the value if it is still `value`; false when not. So a lock that has expired is not taken from its next
   * owner.
   */
  deleteIfEqual(key: string, value: string): Promise<boolean>
  /**
   * Adds to a number and gives the sum; what is not there counts as 0. The expiry is that of the first increment:
   * later ones do not put it off.
   */
  increment(key: string, by?: number, options?: SetOptions): Promise<number>
  /** Sets another expiry for what is there; false when there is nothing. */
  expire(key: string, expiresInMs: number): Promise<boolean>
  /** In how many ms a value expires; null when there is none, or when it does not expire. */
  expiresInMs(key: string): Promise<number | null>
  /** To all who have subscribed to the channel, on every instance. Who is not there does not get it later. */
  publish(channel: string, message: string): Promise<void>
  /** The listener must not throw. Resolves when it will get all that is published from now on. */
  subscribe(channel: string, listener: (message: string) => void): Promise<Unsubscribe>
  /** Rejects when the state does not answer. */
  check(): Promise<void>
}

export interface OpenState extends State {
  /** For people: what it is and where. Without a password. */
  readonly description: string
  close(): Promise<void>
}
