import { z } from 'zod'
import { defineSection } from '../configuration/section.js'

export interface TracingConfiguration {
  /** Where traces are sent, by OTLP over HTTP; null: there are none. */
  readonly endpoint: string | null
  readonly serviceName: string
}

export const tracingConfiguration = defineSection(
  {
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      schema: z.url({ protocol: /^https?$/ }).optional(),
      expected: 'the address of a collector for OTLP over HTTP: http://127.0.0.1:4318',
    },
    OTEL_SERVICE_NAME: {
      schema: z
        .string()
        .regex(/^[\w.-]{1,60}$/)
        .default('shop'),
      expected: '1 to 60 letters, digits, and . _ -',
    },
  },
  ({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint = null,
    OTEL_SERVICE_NAME: serviceName,
  }): TracingConfiguration => ({
    endpoint,
    serviceName,
  }),
)
