/** What time it is. Whoever needs it asks this, so that a test can say. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
