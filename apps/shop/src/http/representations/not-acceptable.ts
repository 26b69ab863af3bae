import type { Request } from '../framework.js'
import { Problem } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'

/** The problem 406, with the list of what there is. */
export function notAcceptable(req: Request, available: readonly string[]): Problem {
  const list = available.join(', ')
  const problem = `is ${JSON.stringify((req.get('Accept') ?? '').slice(0, 200))}`
  return new Problem(PROBLEMS['not-acceptable'], `Accept ${problem}; this is available as ${list}.`, {
    errors: [{ in: 'headers', field: 'Accept', problem, expected: `one of ${list}` }],
    headers: { Vary: 'Accept' },
  })
}
