import { z } from 'zod'
import { defineSection } from '../configuration/section.js'

export type EventBusChoice =
  | { readonly kind: 'in-process' }
  | { readonly kind: 'rabbitmq'; readonly url: string; readonly prefix: string }

export const eventBusConfiguration = defineSection(
  {
    AMQP_URL: {
      schema: z.string().refine(isAmqpUrl).optional(),
      expected: 'amqp://user:password@host:5672/vhost, or unset to keep the events in the process',
      secret: true,
    },
    AMQP_PREFIX: {
      schema: z
        .string()
        .regex(/^[\w.:-]{1,60}$/)
        .default('shop.'),
      expected: '1 to 60 letters, digits, and . : _ -',
    },
  },
  ({ AMQP_URL: url, AMQP_PREFIX: prefix }): EventBusChoice =>
    url === undefined ? { kind: 'in-process' } : { kind: 'rabbitmq', url, prefix },
)

function isAmqpUrl(text: string): boolean {
  return URL.canParse(text) && /^amqps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
}
