import { deadHandlerOf } from '../dead-handlers.js'
import { describe, describeAll, nameOf, placeOf } from '../describe.js'
import { hiddenLayers } from '../hidden-layers.js'
import type { Rule } from '../rule.js'
import { isRoute } from '../steps.js'

export const handlerAfterEnd: Rule = {
  name: 'handler-after-end',
  severity: 'warning',
  why: 'A handler that never calls `next` is the last one that runs. What stands behind it is dead code, or was meant to run.',
  *check({ steps }) {
    for (const route of steps.filter(isRoute)) {
      const found = deadHandlerOf(route)
      if (found === null) continue
      const [dead, end] = [nameOf(found.dead), nameOf(found.end)]
      yield {
        what: `${dead} of ${describe(route)} never runs: ${end} stands before it, and never calls next`,
        mend: `Call next() in ${end} where the request shall go on, or remove what stands behind it.`,
        place: found.dead.definedAt ?? placeOf(route.node),
      }
    }
    for (const { end, hidden, kind } of hiddenLayers(steps)) {
      if (kind !== 'middleware') continue
      yield {
        what: `${describe(end.step)} never calls next, so ${describeAll(hidden)} never runs`,
        mend: 'Call next() where the request shall go on, give the handler the path that it is for, or remove what stands behind it.',
        place: placeOf(end.step.node),
      }
    }
  },
}
