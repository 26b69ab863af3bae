import { z } from 'zod'
import { defineSection } from '../../platform/configuration/section.js'

export interface OperationsConfiguration {
  /** Who wants the metrics, or the details of health in production, must send it; null: metrics are for everybody. */
  readonly token: string | null
  /** How long a health check may take. */
  readonly checkLimitMs: number
  readonly accessLog: boolean
}

export const operationsConfiguration = defineSection(
  {
    METRICS_TOKEN: {
      schema: z
        .string()
        .regex(/^[\x21-\x7e]{16,200}$/)
        .optional(),
      expected: '16 to 200 visible ASCII characters',
      secret: true,
    },
    HEALTH_CHECK_LIMIT_MS: {
      schema: z
        .string()
        .regex(/^[1-9]\d{1,4}$/)
        .transform(Number)
        .default(2000),
      expected: 'a number of milliseconds, from 10 to 99999',
    },
    ACCESS_LOG: { schema: z.enum(['on', 'off']).default('on'), expected: 'on or off' },
  },
  ({ METRICS_TOKEN: token = null, HEALTH_CHECK_LIMIT_MS, ACCESS_LOG }): OperationsConfiguration => ({
    token,
    checkLimitMs: HEALTH_CHECK_LIMIT_MS,
    accessLog: ACCESS_LOG === 'on',
  }),
)
