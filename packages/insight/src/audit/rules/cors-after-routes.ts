import { lateMiddleware } from '../late-middleware.js'
import type { Rule } from '../rule.js'

export const corsAfterRoutes: Rule = {
  name: 'cors-after-routes',
  severity: 'warning',
  why: 'A route that comes first answers without the fields of CORS, so a browser keeps the answer from pages of other origins; what it sends to ask beforehand (OPTIONS) is not answered for them either.',
  check: (audited) =>
    lateMiddleware(
      audited,
      'cors',
      'Register cors() before the routes, or give it to those routes that need it.',
    ),
}
