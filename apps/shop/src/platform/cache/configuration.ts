import { z } from 'zod'
import { defineSection } from '../configuration/section.js'

export interface CacheConfiguration {
  /** How long what was read is kept, in ms; 0: not at all. */
  readonly freshMs: number
}

export const cacheConfiguration = defineSection(
  {
    CACHE_SECONDS: {
      schema: z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number)
        .pipe(z.int().max(3600))
        .default(30),
      expected: 'how many seconds hot reads are kept, from 0 (not at all) to 3600',
    },
  },
  ({ CACHE_SECONDS }): CacheConfiguration => ({ freshMs: CACHE_SECONDS * 1000 }),
)
