import { describe, describeAll, placeOf } from './describe.js'
import { type Known, knownAs } from './known/known-middleware.js'
import { covers, type PathPattern } from './paths/path-pattern.js'
import type { Audited, Fault } from './rule.js'
import { sourceOf } from './sources/function-source.js'
import { isMiddleware, isRoute, type Step } from './steps.js'

/**
 * Well-known middleware that stands behind routes that were to get what it adds. Some routes stand in front of it on
 * purpose: health checks, webhooks, pages of their own. So it is a fault for certain only when no route comes after it,
 * or when a route in front of it has siblings behind it: others that begin with the same first segment. Helmet is for the
 * routes of every kind, so for it different ones in front are a fault as well.
 */
export function* lateMiddleware({ steps }: Audited, known: 'cors' | 'helmet', mend: string): Iterable<Fault> {
  for (const [position, step] of steps.entries()) {
    if (!isMiddleware(step) || knownAs(step.node.handler) !== known) continue
    const before = steps.slice(0, position)
    if (before.some((other) => hasDoneSo(other, step, known))) continue
    const missed = missedRoutes(before, steps.slice(position + 1), step, known === 'helmet')
    if (missed.length === 0) continue
    yield {
      what: `${describe(step)} comes after ${describeAll(missed)}, whose answers it never sees`,
      mend,
      place: placeOf(step.node) ?? placeOf((missed[0] as Step).node),
    }
  }
}

/** The same middleware stands in front already, for the same paths or more. */
function hasDoneSo(other: Step, step: Step, known: Known): boolean {
  return (
    knownAs(other.node.handler) === known &&
    step.patterns.every((pattern) => isWithin(pattern, other.patterns))
  )
}

function missedRoutes(
  before: readonly Step[],
  after: readonly Step[],
  step: Step,
  isForEveryKind: boolean,
): Step[] {
  const routesOf = (all: readonly Step[]): Step[] =>
    all.filter(
      (other) => isRoute(other) && other.patterns.some((pattern) => isWithin(pattern, step.patterns)),
    )
  const [early, late] = [routesOf(before), routesOf(after)]
  const meant = early.filter((route) => !isOperational(route) && !isContinued(route, late))
  // What comes later may be files, a proxy, or something else that answers: only of routes is it known.
  if (late.length === 0 && !after.some((other) => mayAnswer(other, step))) return meant
  if (isForEveryKind && areOfManyKinds(meant)) return meant
  const families = new Set(late.flatMap(firstSegments))
  return meant.filter((route) => firstSegments(route).some((segment) => families.has(segment)))
}

/** Several first segments, and something is sent to them: not just pages that are to be framed, or files. */
function areOfManyKinds(routes: readonly Step[]): boolean {
  const isWritten = routes.some(({ node }) => node.methods.some((method) => WRITING.has(method)))
  return isWritten && new Set(routes.flatMap(firstSegments)).size > 1
}

const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** There is another route for the same paths behind it, so it leaves some requests to that one. */
function isContinued(route: Step, late: readonly Step[]): boolean {
  return late.some((other) => route.patterns.every((pattern) => isWithin(pattern, other.patterns)))
}

function mayAnswer(other: Step, step: Step): boolean {
  if (other.node.kind === 'error-handler' || saysNothing(other)) return false
  return !other.patterns.every((pattern) => !isWithin(pattern, step.patterns))
}

/** Ends of an application: a 404 handler is no page that needs the middleware. */
function saysNothing({ node }: Step): boolean {
  return (
    node.kind === 'middleware' &&
    /not_?found|404/iu.test(`${node.name} ${sourceOf(node.handler)?.text ?? ''}`)
  )
}

/** `/health`, `/webhooks/stripe` and the like: asked by machines, and put first on purpose. */
function isOperational(route: Step): boolean {
  return route.patterns.every(({ segments }) =>
    (segments ?? []).some((segment) => segment !== 'parameter' && OPERATIONAL.test(segment.text)),
  )
}

const OPERATIONAL =
  /^[._]?(?:health|healthz|healthcheck|live|livez|liveness|ready|readyz|readiness|ping|status|metrics|version|favicon\.ico|robots\.txt|well-known|webhooks?|hooks?)$/u

function firstSegments({ patterns }: Step): string[] {
  return patterns.flatMap(({ segments }) => {
    const first = segments?.[0]
    return first === undefined || first === 'parameter' ? [] : [first.text]
  })
}

function isWithin(pattern: PathPattern, outer: readonly PathPattern[]): boolean {
  return outer.some((one) => covers(one, pattern))
}
