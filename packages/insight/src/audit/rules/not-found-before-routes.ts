import { describe, describeAll, placeOf } from '../describe.js'
import { hiddenLayers } from '../hidden-layers.js'
import type { Rule } from '../rule.js'

export const notFoundBeforeRoutes: Rule = {
  name: 'not-found-before-routes',
  severity: 'error',
  why: 'The 404 handler answers every request that gets to it, so what is registered after it is never asked.',
  *check({ steps }) {
    for (const { end, hidden, kind } of hiddenLayers(steps)) {
      if (kind !== 'not-found') continue
      yield {
        what: `${describe(end.step)} answers 404 before ${describeAll(hidden)}`,
        mend: 'Register it after all routes, in front of the error handlers.',
        place: placeOf(end.step.node),
      }
    }
  },
}
