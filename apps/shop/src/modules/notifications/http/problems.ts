import { defineProblems, Problem } from '../../../http/problems/problem.js'
import { NotificationNotFound } from '../domain/errors.js'

export const NOTIFICATION_PROBLEMS = defineProblems({
  'notification-not-found': {
    status: 404,
    title: 'There is no such notification',
    explanation: 'It never was, or it is somebody else’s.',
  },
})

/** What a client is told about the errors of this domain. */
export function problemOfNotifications(error: unknown): Problem | null {
  if (!(error instanceof NotificationNotFound)) return null
  return new Problem(NOTIFICATION_PROBLEMS['notification-not-found'], `There is no notification ${error.id}.`)
}
