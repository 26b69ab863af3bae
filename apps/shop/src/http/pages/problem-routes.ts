import { createRouter, type Router } from '../framework.js'
import type { ProblemKinds } from '../problems/problem.js'

/** What the `type` of each problem leads to. */
export function createProblemRoutes(kinds: ProblemKinds): Router {
  const router = createRouter()
  router.get('/', (_req, res) => {
    res.json({ items: Object.values(kinds) })
  })
  router.get('/:code', (req, res, next) => {
    const kind = Object.values(kinds).find(({ code }) => code === req.params.code)
    if (kind === undefined) return next()
    res.json(kind)
  })
  return router
}
