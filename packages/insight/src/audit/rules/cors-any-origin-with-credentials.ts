import { describe, placeOf } from '../describe.js'
import { knownAs } from '../known/known-middleware.js'
import { corsOptionsOf } from '../known/options.js'
import type { Rule } from '../rule.js'
import { parameterName, sourceOf } from '../sources/function-source.js'
import type { AnyHandler } from '../../types/stack.js'
import { handlersOf } from '../steps.js'

export const corsAnyOriginWithCredentials: Rule = {
  name: 'cors-any-origin-with-credentials',
  severity: 'error',
  why: 'Every web site can then make requests with the cookies of whoever visits it, and read the answers. (With the origin `*` browsers refuse to: then nothing with credentials works at all.)',
  *check({ steps }) {
    for (const step of steps) {
      for (const { node } of handlersOf(step)) {
        const { handler } = node
        if (handler === null || knownAs(handler) !== 'cors') continue
        const options = corsOptionsOf(handler)
        if (options?.credentials !== true || !isAnyOrigin(options.origin)) continue
        yield {
          what: `${describe(step)}: cors() allows credentials to ${isWildcard(options.origin) ? 'the origin *' : 'every origin'}`,
          mend: "Name the origins: cors({ origin: ['https://app.example.com'], credentials: true }).",
          place: placeOf(step.node),
        }
      }
    }
  },
}

/** An origin that nobody has. */
const STRANGER = 'https://nobody-has-this-name.invalid'

function isAnyOrigin(origin: unknown): boolean {
  if (isWildcard(origin) || origin === true) return true
  if (origin instanceof RegExp) return new RegExp(origin).test(STRANGER)
  if (Array.isArray(origin))
    return origin.some((one) => one === true || (one instanceof RegExp && isAnyOrigin(one)))
  return typeof origin === 'function' && allowsAll(origin as AnyHandler)
}

function isWildcard(origin: unknown): boolean {
  return origin === undefined || origin === '*'
}

/** `(origin, callback) => callback(null, true)`: a function of the application is not called to find out. */
function allowsAll(choose: AnyHandler): boolean {
  const source = sourceOf(choose)
  const callback = source && parameterName(source, 1)
  if (!source || !callback) return false
  const name = callback.replaceAll('$', String.raw`\$`)
  return new RegExp(
    `^[^;?&|]*(?:=>|\\{)\\s*(?:\\{\\s*)?(?:return\\s+)?${name}\\(\\s*null\\s*,\\s*true\\s*\\);?\\s*\\}?$`,
    'u',
  ).test(source.text)
}
