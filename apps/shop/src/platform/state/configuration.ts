import { z } from 'zod'
import { defineSection } from '../configuration/section.js'

export type StateChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'redis'; readonly url: string; readonly prefix: string }

export const stateConfiguration = defineSection(
  {
    REDIS_URL: {
      schema: z.string().refine(isRedisUrl).optional(),
      expected: 'redis://user:password@host:6379/0, or unset to keep the state in memory',
      secret: true,
    },
    REDIS_PREFIX: {
      schema: z
        .string()
        .regex(/^[\w.:-]{1,60}$/)
        .default('shop:'),
      expected: '1 to 60 letters, digits, and . : _ -',
    },
  },
  ({ REDIS_URL: url, REDIS_PREFIX: prefix }): StateChoice =>
    url === undefined ? { kind: 'memory' } : { kind: 'redis', url, prefix },
)

function isRedisUrl(text: string): boolean {
  return URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
}
