import { z } from 'zod'
import { defineSection } from '../../platform/configuration/section.js'

export interface InsightConfiguration {
  /** Whether requests are watched, and what goes wrong with them is told. */
  readonly isOn: boolean
  /** Who wants to see the inspector in production must send it; null: there is none there. */
  readonly inspectorToken: string | null
}

export const insightConfiguration = defineSection(
  {
    INSIGHT: {
      schema: z.enum(['on', 'off']).default(() => (process.env.NODE_ENV === 'production' ? 'off' : 'on')),
      expected: 'on or off',
    },
    INSPECTOR_TOKEN: {
      schema: z
        .string()
        .regex(/^[\x21-\x7e]{16,200}$/)
        .optional(),
      expected: '16 to 200 visible ASCII characters',
      secret: true,
    },
  },
  ({ INSIGHT, INSPECTOR_TOKEN: inspectorToken = null }): InsightConfiguration => ({
    isOn: INSIGHT === 'on',
    inspectorToken,
  }),
)
