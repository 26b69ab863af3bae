import { defineProblems, Problem } from '../../../http/problems/problem.js'
import { DeadEventNotFound } from '../domain/errors.js'

export const MESSAGING_PROBLEMS = defineProblems({
  'dead-event-not-found': {
    status: 404,
    title: 'There is no such dead event',
    explanation: 'It never was, or it has been tried anew already.',
  },
})

/** What a client is told about the errors of this domain. */
export function problemOfMessaging(error: unknown): Problem | null {
  if (!(error instanceof DeadEventNotFound)) return null
  return new Problem(MESSAGING_PROBLEMS['dead-event-not-found'], `There is no dead event ${error.id}.`)
}
