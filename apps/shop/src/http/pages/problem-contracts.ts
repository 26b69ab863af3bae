import { z } from 'zod'
import { siteRoute } from '../contracts/site-route.js'

const kindSchema = z.object({
  code: z.string(),
  status: z.int(),
  title: z.string(),
  explanation: z.string(),
})

export const listProblems = siteRoute({
  answers: {
    200: { description: 'All that can go wrong.', schema: z.object({ items: z.array(kindSchema) }) },
  },
})

/** There is no wrong code: with one that nothing has, the request goes on to what answers lost visitors. */
export const explainProblem = siteRoute({
  params: z.object({ code: z.string() }),
  answers: { 200: { description: 'What a problem means, and what to do.', schema: kindSchema } },
})
