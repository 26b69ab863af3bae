import { describeAll, isNamed, placeOf } from '../describe.js'
import { cover, mayMeet } from '../paths/path-pattern.js'
import type { Audited, Fault, Rule } from '../rule.js'
import { isRoute, standsAround, type Step } from '../steps.js'

export const errorHandlerNotLast: Rule = {
  name: 'error-handler-not-last',
  severity: 'error',
  why: 'An error goes on from where it happened: error handlers registered earlier never see it, and the client gets the error page of the framework.',
  check: findEarlyErrorHandlers,
}

function* findEarlyErrorHandlers({ steps }: Audited): Iterable<Fault> {
  const told = new Set<Step>()
  for (const [position, handler] of steps.entries()) {
    if (!isErrorHandler(handler)) continue
    const later = steps.slice(position + 1)
    const missed = later.filter((route) => {
      const isMeant =
        isRoute(route) && standsAround(handler, route) && cover(handler.patterns, route.patterns)
      return isMeant && !told.has(route) && !isCared(route, steps)
    })
    if (missed.length === 0) continue
    for (const route of missed) told.add(route)
    yield {
      what: `${subjectOf(handler)} comes before ${describeAll(missed)}, whose errors it never gets`,
      mend: 'Register it after the last route.',
      place: placeOf(handler.node),
    }
  }
}

/** Whether an error handler comes after the route that may get its errors: in its own stack or one around it. */
function isCared(route: Step, steps: readonly Step[]): boolean {
  if (route.node.children.some(({ kind }) => kind === 'error-handler')) return true
  return steps
    .slice(steps.indexOf(route) + 1)
    .some(
      (step) => isErrorHandler(step) && standsAround(step, route) && mayMeet(step.patterns, route.patterns),
    )
}

function subjectOf({ node }: Step): string {
  return isNamed(node) ? `The error handler ${node.name}` : 'An error handler without a name'
}

function isErrorHandler({ node }: Step): boolean {
  return node.kind === 'error-handler'
}
