import { z } from 'zod'
import { defineSection } from '../../platform/configuration/section.js'
import { StartError } from '../../platform/configuration/start-error.js'

export interface ShippingConfiguration {
  /** `http://127.0.0.1:4100` or `grpc://127.0.0.1:4101`; null: the shop brings parcels itself, at flat rates. */
  readonly address: string | null
  /** How long one call may take, its repetition included. */
  readonly limitMs: number
}

export const shippingConfiguration = defineSection(
  {
    SHIPPING_URL: {
      schema: z.url({ protocol: /^https?$/ }).optional(),
      expected: 'the address of the shipping service: http://127.0.0.1:4100',
    },
    SHIPPING_GRPC: {
      schema: z
        .string()
        .regex(/^(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}$/)
        .optional(),
      expected: 'host and port of the shipping service: 127.0.0.1:4101',
    },
    SHIPPING_LIMIT_MS: {
      schema: z
        .string()
        .regex(/^[1-9]\d{1,4}$/)
        .transform(Number)
        .default(2000),
      expected: 'a number of milliseconds, from 10 to 99999',
    },
  },
  ({ SHIPPING_URL, SHIPPING_GRPC, SHIPPING_LIMIT_MS }): ShippingConfiguration => {
    if (SHIPPING_URL !== undefined && SHIPPING_GRPC !== undefined)
      throw new StartError('SHIPPING_URL and SHIPPING_GRPC are both set; expected one of them')
    const grpc = SHIPPING_GRPC === undefined ? null : `grpc://${SHIPPING_GRPC}`
    return { address: SHIPPING_URL ?? grpc, limitMs: SHIPPING_LIMIT_MS }
  },
)
