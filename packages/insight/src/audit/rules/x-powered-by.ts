import type { AnyHandler } from '../../types/stack.js'
import { functionsListedAround } from '../known/closure-of.js'
import { knownAs } from '../known/known-middleware.js'
import { keepsPoweredBy } from '../known/options.js'
import type { Rule } from '../rule.js'
import { sourceOf } from '../sources/function-source.js'
import { isMiddleware, type Step } from '../steps.js'

export const xPoweredBy: Rule = {
  name: 'x-powered-by',
  severity: 'advice',
  why: 'The field tells whoever looks for a known weakness which framework to try it on, and is of use to nobody else.',
  *check({ app, steps, settingPlace }) {
    if (app.settings?.['x-powered-by'] !== true || steps.some(removesField)) return
    yield {
      what: 'Every answer says X-Powered-By',
      mend: "Call app.disable('x-powered-by'), or use helmet().",
      place: settingPlace('x-powered-by'),
    }
  },
}

/** Only what stands in the application itself; where, and for which paths, makes no difference here. */
function removesField(step: Step): boolean {
  const { handler } = step.node
  if (!isMiddleware(step) || handler === null) return false
  if (knownAs(handler) === 'helmet') return !keepsPoweredBy(handler)
  return saysRemoval(handler) || functionsListedAround(handler).some(saysRemoval)
}

function saysRemoval(handler: AnyHandler): boolean {
  if (handler.name === 'xPoweredByMiddleware') return true
  return /removeHeader\(\s*['"`]x-powered-by/iu.test(sourceOf(handler)?.text ?? '')
}
