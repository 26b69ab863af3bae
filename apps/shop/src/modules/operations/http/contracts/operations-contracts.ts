import { z } from 'zod'
import { siteRoute } from '../../../../http/contracts/site-route.js'

const checkSchema = z.object({
  name: z.string(),
  status: z.enum(['ok', 'failed']),
  isNeeded: z.boolean(),
  latencyMs: z.number(),
  reason: z.string().nullable(),
})

const readinessSchema = z.object({
  status: z.enum(['ready', 'degraded', 'unavailable', 'draining']),
  /** For those who may know. */
  checks: z.array(checkSchema).optional(),
})

export const readLiveness = siteRoute({
  answers: { 200: { description: 'The process answers.', schema: z.object({ status: z.literal('live') }) } },
})

export const readReadiness = siteRoute({
  answers: {
    200: { description: 'This instance should get requests.', schema: readinessSchema },
    503: { description: 'It should get none.', schema: readinessSchema },
  },
})

export const readMetrics = siteRoute({
  answers: {
    200: { description: 'As Prometheus reads it.', schema: z.string(), types: ['text/plain'] },
  },
})
