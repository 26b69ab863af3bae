import { z } from 'zod'
import { defineSection } from '../configuration/section.js'

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

export type LogLevel = (typeof LEVELS)[number]

export interface LogConfiguration {
  readonly level: LogLevel
  /** `text` for people at a terminal, `json` for machines. */
  readonly format: 'text' | 'json'
}

export const logConfiguration = defineSection(
  {
    LOG_LEVEL: { schema: z.enum(LEVELS).default('info'), expected: `one of ${LEVELS.join(', ')}` },
    LOG_FORMAT: { schema: z.enum(['text', 'json']).default('text'), expected: 'text or json' },
  },
  ({ LOG_LEVEL, LOG_FORMAT }): LogConfiguration => ({ level: LOG_LEVEL, format: LOG_FORMAT }),
)
