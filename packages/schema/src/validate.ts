/*
 * `validator` runs for each request: what is known at registration is compiled there, and a request whose schemas are synchronous is
 * handled without a promise. Watched by bench/validate.mjs.
 */
import type { NextFunction, Request, Response } from 'express-serve-static-core'
import { assertContract } from './registration/assert-contract.js'
import { assertOptions } from './registration/assert-options.js'
import { type CheckRequest, compileRequestCheck } from './input/check-request.js'
import type { InputRequest } from './input/request.js'
import type { Contract } from './types/contract.js'
import type { KnowledgeOf } from './types/known.js'
import type { ValidateOptions } from './types/options.js'
import type { Refused } from './types/refused.js'
import type { Attached, Step } from './types/step.js'
import { prepareAnswers } from './answers/prepare-answers.js'

/**
 * Middleware that holds a route to its contract: requests that do not pass go to the error handlers as a `ValidationError` with all that
 * is wrong with them, and handlers after it get what the schemas made of `req.params`, `req.query`, `req.cookies`, `req.body`; all
 * parts, headers and files too, are in `req.valid`. Types follow: no casts are needed after it.
 *
 * Texts (of params, query, headers, cookies and forms) become numbers, booleans and lists where the schema wants such. Keys
 * that could change a prototype are refused at any depth, whatever the schema says. Several contracts may stand before one handler.
 *
 * Errors that it passes on: `NOZOMI_SCHEMA_INVALID` (400, or 422 by option), `NOZOMI_SCHEMA_MEDIA_TYPE` (415: a body that
 * nothing has parsed), `NOZOMI_SCHEMA_NOT_PARSED` (500: no parser stands before it for a type that the contract names), and what schemas throw.
 *
 * @param contract what the route takes and answers, in schemas of any library that speaks Standard Schema
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT` for a contract that can't be meant
 * @see https://standardschema.dev
 * @example
 * app.get('/users/:id', validate({ params: z.object({ id: z.number() }) }), (req, res) => {
 *   res.json({ next: req.params.id + 1 })
 * })
 */
// The declared return type is no function type: TypeScript would leave this call out of the first pass of inference otherwise.
export function validate<const C extends Contract, S = Step<KnowledgeOf<C>>>(
  contract: C & Refused<C>,
  options: ValidateOptions = {},
): NoInfer<S> {
  assertContract('validate()', contract)
  assertOptions('validate()', options, contract)
  const attached: Attached = { contract, options }
  return Object.assign(compileValidator(contract, options), {
    '~contract': attached,
  }) as unknown as NoInfer<S>
}

type Handler = (req: Request, res: Response, next: NextFunction) => void

function compileValidator(contract: Contract, options: ValidateOptions): Handler {
  const check = compileRequestCheck(contract, options)
  const watchAnswers = contract.response === undefined ? null : prepareAnswers(contract.response, options)
  return function validator(req, res, next) {
    if (watchAnswers !== null) watchAnswers(req, res)
    if (check === null) next()
    else checkThenNext(check, req as unknown as InputRequest, next)
  }
}

/** `next` is called outside of the `try`: what handlers after it throw is not for this one to catch. */
function checkThenNext(check: CheckRequest, req: InputRequest, next: NextFunction): void {
  let found: ReturnType<CheckRequest>
  try {
    found = check(req)
  } catch (error) {
    next(failureOf(error))
    return
  }
  if (found === null) next()
  else if (found instanceof Promise) {
    found.then(
      (later) => (later === null ? next() : next(later)),
      (error: unknown) => next(failureOf(error)),
    )
  } else next(found)
}

/**
 * Security: `next()` takes whatever is falsy for success, and `'route'` and `'router'` for commands. A schema that throws one of these has
 * not let the request pass.
 */
function failureOf(thrown: unknown): unknown {
  if (typeof thrown === 'object' && thrown !== null) return thrown
  return new Error(`a schema threw what is no error: ${String(thrown)}`, { cause: thrown })
}
