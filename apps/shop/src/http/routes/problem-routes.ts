import { createRouter, type Router } from '../framework.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'

/** What the `type` of each problem leads to. */
export function createProblemRoutes(): Router {
  const router = createRouter()
  router.get('/', (_req, res) => {
    res.json({ items: Object.entries(PROBLEMS).map(([code, problem]) => ({ code, ...problem })) })
  })
  router.get('/:code', (req, res, next) => {
    const problem = Object.entries(PROBLEMS).find(([code]) => code === req.params.code)
    if (problem === undefined) return next()
    res.json({ code: problem[0], ...problem[1] })
  })
  return router
}
