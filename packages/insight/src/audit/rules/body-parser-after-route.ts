import { describeAll, placeOf } from '../describe.js'
import { knownAs } from '../known/known-middleware.js'
import { cover, mayMeet } from '../paths/path-pattern.js'
import type { Audited, Fault, Rule } from '../rule.js'
import { mayParseBodies, readsBody } from '../sources/body-use.js'
import { handlersOf, isMiddleware, isRoute, type Step } from '../steps.js'

export const bodyParserAfterRoute: Rule = {
  name: 'body-parser-after-route',
  severity: 'error',
  why: 'Layers run in the order they were registered: when the route runs, nothing has read the body, and `req.body` is undefined.',
  check: findParsersAfterRoutes,
}

function* findParsersAfterRoutes({ steps }: Audited): Iterable<Fault> {
  const readers = steps.filter((step) => readsUnparsedBody(step, steps))
  const told = new Set<Step>()
  for (const [position, parser] of steps.entries()) {
    if (!isMiddleware(parser) || knownAs(parser.node.handler) !== 'body-parser') continue
    const late = readers.filter((reader) => {
      const isBefore = steps.indexOf(reader) < position
      return isBefore && !told.has(reader) && cover(parser.patterns, reader.patterns)
    })
    if (late.length === 0) continue
    for (const reader of late) told.add(reader)
    yield {
      what: `${parser.node.name} comes after ${describeAll(late)}, which ${late.length > 1 ? 'read' : 'reads'} req.body`,
      mend: `Move the line with ${parser.node.name} in front of ${late.length > 1 ? 'these routes' : 'the route'}, or give the parser to the route itself.`,
      place: placeOf(parser.node) ?? placeOf((late[0] as Step).node),
    }
  }
}

/** A route whose handler reads the body, and in front of which nothing is that may have parsed it. */
function readsUnparsedBody(route: Step, steps: readonly Step[]): boolean {
  if (!isRoute(route) || !takesBodies(route)) return false
  const handlers = handlersOf(route).map(({ node }) => node.handler)
  const first = handlers.findIndex(readsBody)
  if (first < 0 || handlers.slice(0, first).some(mayParseBodies)) return false
  return !steps
    .slice(0, steps.indexOf(route))
    .some(
      (step) =>
        isMiddleware(step) && mayMeet(step.patterns, route.patterns) && mayParseBodies(step.node.handler),
    )
}

function takesBodies({ node }: Step): boolean {
  return node.methods.length === 0 || node.methods.some((method) => !WITHOUT_BODY.has(method))
}

const WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])
