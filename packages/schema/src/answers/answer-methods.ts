import { Mismatch, PROBLEM_TYPE, takingFor } from './answer.js'
import { mismatchError, undeclaredError, type AnswerPlace } from './answer-error.js'
import {
  type AnsweredRequest,
  type AnsweringResponse,
  type HeldAnswers,
  heldAnswers,
  type Send,
} from './held-answers.js'

/*
 * `res.json` and `res.jsonp` of a response that is held to a contract. Runs for each answer; one function for all responses, whose state
 * stands on the response.
 *
 * They choose what is sent, and hand it to the method that was there before: so whoever replaced that one sees a value and not a text,
 * and the settings `json replacer`, `json spaces` and `json escape`, the type, the length and the entity tag stay the
 * framework's. `res.send()` of an object calls `res.json()` in Express and in Nozomi.
 */

export const answerMethods: Record<'json' | 'jsonp', Send> = {
  json(value) {
    const held = this[heldAnswers] as HeldAnswers
    return held.json.call(this, bodyOf(this, held, value))
  },

  jsonp(value) {
    const held = this[heldAnswers] as HeldAnswers
    return held.jsonp.call(this, bodyOf(this, held, value))
  },
}

/** @throws AnswerError */
function bodyOf(res: AnsweringResponse, held: HeldAnswers, value: unknown): unknown {
  const { req, statusCode } = res
  const isOfRoute = held.isOfRoute(req, statusCode)
  const answers = held.answersFor(isOfRoute, req, statusCode)
  if (answers === null || held.hasFailed || statusCode === 304) return value
  const answer = answers.find(statusCode)
  if (answer === undefined) {
    if (!isOfRoute || !answers.isWhole || answers.mode === 'serialize') return value
    if (isProblemOf(res, statusCode)) return value
    held.hasFailed = true
    throw undeclaredError(placeOf(req, statusCode), answers.declared)
  }
  if (hasNoBody(statusCode)) return value
  // Perf: most answers have one media type, and a field is looked up for errors only, which may be problems.
  const isPlain = answer.byType.size === 1 && statusCode < 400
  const taking = isPlain ? answer.usual : takingFor(answer, res.getHeader('Content-Type'))
  if (taking === null) return value
  const body = taking.take(value)
  if (!(body instanceof Mismatch)) return body
  held.hasFailed = true
  throw mismatchError(placeOf(req, statusCode), body.issues, value)
}

/** RFC 9110 §15.3.5, §15.3.6: whatever a handler gives, it is not sent. */
function hasNoBody(status: number): boolean {
  return status === 204 || status === 205
}

/** A problem document (RFC 9457) has a form of its own, which a contract need not declare. */
function isProblemOf(res: AnsweringResponse, status: number): boolean {
  if (status < 400) return false
  const type = res.getHeader('Content-Type')
  return typeof type === 'string' && type.startsWith(PROBLEM_TYPE)
}

function placeOf(req: AnsweredRequest, answered: number): AnswerPlace {
  const { method = '', baseUrl = '', route, url = '' } = req
  // Security: without its query, in which there may be secrets.
  const path = route === undefined ? url.split('?', 1)[0] : String(route.path)
  return { method, route: `${baseUrl}${path}`, answered }
}
