import { describe, formatPlace, placeOf } from '../describe.js'
import { hiddenLayers, isDuplicate } from '../hidden-layers.js'
import type { Rule } from '../rule.js'

export const duplicateRoute: Rule = {
  name: 'duplicate-route',
  severity: 'warning',
  why: 'Of two routes with the same method and path only the first one runs: changes of the second have no effect.',
  *check({ steps }) {
    for (const { end, hidden, kind } of hiddenLayers(steps)) {
      if (kind !== 'route') continue
      const first = placeOf(end.step.node)
      for (const step of hidden.filter((other) => isDuplicate(end.step, other))) {
        yield {
          what: `${describe(step)} is registered twice, and the second one never runs${first ? `: the first stands at ${formatPlace(first)}` : ''}`,
          mend: 'Remove one of the two, or let the first one call next().',
          place: placeOf(step.node),
        }
      }
    }
  },
}
