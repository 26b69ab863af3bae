import { describe, placeOf } from '../describe.js'
import { hiddenLayers, isDuplicate } from '../hidden-layers.js'
import type { Rule } from '../rule.js'

export const shadowedRoute: Rule = {
  name: 'shadowed-route',
  severity: 'error',
  why: 'The first route that matches gets the request. Where it always answers, a later and narrower one never runs.',
  *check({ steps }) {
    for (const { end, hidden, kind } of hiddenLayers(steps)) {
      if (kind !== 'route') continue
      for (const step of hidden.filter((other) => !isDuplicate(end.step, other))) {
        yield {
          what: `${describe(step)} never runs: ${describe(end.step)} comes first, matches it too, and always answers`,
          mend: `Register ${describe(step)} first, or let ${describe(end.step)} call next() for what is not its own.`,
          place: placeOf(step.node),
        }
      }
    }
  },
}
