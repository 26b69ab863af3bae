import { z } from 'zod'
import { defineSection } from '../platform/configuration/section.js'

export interface ServerConfiguration {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

export const serverConfiguration = defineSection(
  {
    PORT: {
      schema: z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number)
        .pipe(z.int().max(65_535))
        .default(3000),
      expected: 'a whole number from 0 to 65535 (0: any free port)',
    },
    HOST: {
      schema: z
        .string()
        .regex(/^[\w.:%-]+$/)
        .default('127.0.0.1'),
      expected:
        'the name or address of one of this machine’s interfaces, such as 127.0.0.1, or 0.0.0.0 for all',
    },
    // Read by framework.ts, before there is a configuration; checked here.
    FRAMEWORK: { schema: z.enum(['nozomi', 'express']).default('nozomi'), expected: 'nozomi or express' },
  },
  ({ HOST, PORT }): ServerConfiguration => ({ host: HOST, port: PORT }),
)
