import { z } from 'zod'
import { defineSection } from '../platform/configuration/section.js'

/** How a shop ends. All in ms. */
export interface StopTimes {
  /** How long it still takes connections after it has said that it is not ready: until balancers have noticed. */
  readonly delayMs: number
  /** How long connections that wait for nothing stay open, for requests that are on their way. */
  readonly graceMs: number
  /** From the signal on; then what is left is cut off. */
  readonly limitMs: number
}

export interface ProcessConfiguration {
  /** How many processes answer; 1: this one. */
  readonly workers: number
  readonly stop: StopTimes
}

const milliseconds = (byDefault: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .default(byDefault)

const EXPECTED_TIME = 'a number of milliseconds, from 0 to 999999'

export const processConfiguration = defineSection(
  {
    WORKERS: {
      schema: z
        .string()
        .regex(/^\d{1,2}$/)
        .transform(Number)
        .pipe(z.int().min(1).max(64))
        .default(1),
      expected: 'how many processes shall answer, from 1 to 64',
    },
    STOP_DELAY_MS: { schema: milliseconds(0), expected: EXPECTED_TIME },
    STOP_GRACE_MS: { schema: milliseconds(1000), expected: EXPECTED_TIME },
    STOP_LIMIT_MS: { schema: milliseconds(10_000), expected: EXPECTED_TIME },
  },
  ({ WORKERS, STOP_DELAY_MS, STOP_GRACE_MS, STOP_LIMIT_MS }): ProcessConfiguration => ({
    workers: WORKERS,
    stop: { delayMs: STOP_DELAY_MS, graceMs: STOP_GRACE_MS, limitMs: STOP_LIMIT_MS },
  }),
)
