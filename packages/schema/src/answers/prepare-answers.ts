import type { Responses } from '../types/contract.js'
import type { ValidateOptions } from '../types/options.js'
import { answerMethods } from './answer-methods.js'
import { compileAnswers } from './answers.js'
import { HeldAnswers, heldAnswers, type AnsweredRequest, type AnsweringResponse } from './held-answers.js'

export type HoldAnswers = (req: AnsweredRequest, res: AnsweringResponse) => void

/**
 * Compiles what a contract says of answers. What it gives is called for each request, before the next handler runs.
 *
 * What is held to the contract is the value given to `res.json()`, `res.jsonp()`, or `res.send()` as an object. Mode `validate` throws an
 * AnswerError from there; mode `serialize` sends what is declared. Not looked at, in either mode: texts and bytes (`res.send`, `res.end`,
 * streams, files), redirects, `res.sendStatus()`, a 304, contracts whose `contentType` is no JSON, and problem documents where
 * none is declared.
 *
 * @returns null when there is nothing to do: no response is declared, or the option `responses` is `'off'`
 */
export function prepareAnswers(responses: Responses, options: ValidateOptions): HoldAnswers | null {
  const mode = options.responses ?? (process.env['NODE_ENV'] === 'production' ? 'serialize' : 'validate')
  if (mode === 'off' || Object.keys(responses).length === 0) return null
  const answers = compileAnswers(responses, mode)
  const isInRoute = rememberRoutes(responses)
  return function holdAnswers(req, res) {
    let held = res[heldAnswers]
    if (held === undefined) {
      held = new HeldAnswers(res.json, res.jsonp)
      res[heldAnswers] = held
      res.json = answerMethods.json
      res.jsonp = answerMethods.jsonp
    }
    // Somebody may have replaced `res.json` since the contract before this one: it still leads to ours.
    if (isInRoute(req.route)) held.addOfRoute(answers, req)
    else held.addCommon(answers)
  }
}

/**
 * Tells whether the contract stands in a route or is middleware: `req.route` says which route ran last, even when it was left long ago.
 * So it is asked whether one of its handlers carries these responses; once for each route.
 */
function rememberRoutes(responses: Responses): (route: AnsweredRequest['route']) => boolean {
  const known = new WeakMap<object, boolean>()
  return function isInRoute(route) {
    if (route === undefined || route === null) return false
    let isOurs = known.get(route)
    if (isOurs === undefined) {
      isOurs = route.stack?.some(({ handle }) => responsesOf(handle) === responses) ?? false
      known.set(route, isOurs)
    }
    return isOurs
  }
}

function responsesOf(handle: unknown): unknown {
  const { '~contract': attached } = (handle ?? {}) as { '~contract'?: { contract?: { response?: unknown } } }
  return attached?.contract?.response
}
