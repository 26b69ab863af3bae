import { createRouter, type HandlerOf, type Router } from '../framework.js'
import type { ProblemKinds } from '../problems/problem.js'
import { explainProblem, listProblems } from './problem-contracts.js'

/** What the `type` of each problem leads to. */
export function createProblemRoutes(kinds: ProblemKinds): Router {
  const router = createRouter()
  const list: HandlerOf<typeof listProblems> = (_req, res) => {
    res.json({ items: Object.values(kinds) })
  }
  const explain: HandlerOf<typeof explainProblem> = (req, res, next) => {
    const kind = Object.values(kinds).find(({ code }) => code === req.valid.params.code)
    if (kind === undefined) return next()
    res.json(kind)
  }
  router.get('/', listProblems, list)
  router.get('/:code', explainProblem, explain)
  return router
}
