import { describe, describeAll, nameOf, placeOf } from '../describe.js'
import { hiddenLayers } from '../hidden-layers.js'
import type { Fault, Rule } from '../rule.js'
import { neverPassesOn } from '../sources/passing-on.js'
import { handlersOf, isRoute, type RunningHandler, type Step } from '../steps.js'

export const handlerAfterEnd: Rule = {
  name: 'handler-after-end',
  severity: 'warning',
  why: 'A handler that never calls `next` is the last one that runs. What stands behind it is dead code, or was meant to run.',
  *check({ steps }) {
    for (const route of steps.filter(isRoute)) yield* deadHandlersOf(route)
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

function* deadHandlersOf(route: Step): Iterable<Fault> {
  const handlers = handlersOf(route)
  for (const [index, dead] of handlers.entries()) {
    const end = handlers.slice(0, index).find((earlier) => ends(earlier, dead))
    if (end === undefined) continue
    yield {
      what: `${nameOf(dead.node)} of ${describe(route)} never runs: ${nameOf(end.node)} stands before it, and never calls next`,
      mend: `Call next() in ${nameOf(end.node)} where the request shall go on, or remove what stands behind it.`,
      place: dead.node.definedAt ?? placeOf(route.node),
    }
    return
  }
}

/** Whether the first ends all that the second would get. */
function ends(earlier: RunningHandler, later: RunningHandler): boolean {
  if (earlier.node.kind === 'error-handler' || later.node.kind === 'error-handler') return false
  const takesAll =
    earlier.methods.length === 0 ||
    (later.methods.length > 0 && later.methods.every((method) => earlier.methods.includes(method)))
  return takesAll && neverPassesOn(earlier.node.handler)
}
