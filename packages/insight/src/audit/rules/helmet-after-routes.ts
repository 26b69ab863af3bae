import { lateMiddleware } from '../late-middleware.js'
import type { Rule } from '../rule.js'

export const helmetAfterRoutes: Rule = {
  name: 'helmet-after-routes',
  severity: 'warning',
  why: 'A route that comes first answers without the security fields, as if helmet was not there.',
  check: (audited) => lateMiddleware(audited, 'helmet', 'Register helmet() before the routes.'),
}
