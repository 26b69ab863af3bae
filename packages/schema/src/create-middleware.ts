import type { NextFunction, Request, Response } from 'express-serve-static-core'
import { show } from './problems/given.js'
import { assertFragment } from './registration/assert-contract.js'
import type { Contract } from './types/contract.js'
import type { Attached, Step } from './types/step.js'
import { prepareAnswers } from './answers/prepare-answers.js'

/** What a middleware says of the routes that it stands before: what it answers, and what the document says of it. */
export type MiddlewareContract = Omit<Contract, 'params' | 'query' | 'headers' | 'cookies' | 'body' | 'files'>

/**
 * A middleware of one's own whose additions to `req` the handlers after it know: `createMiddleware<{ user: User }>(…)` makes `req.user` a
 * `User` for them. In the middleware itself they are optional.
 *
 * Its contract goes into the documents of all routes that it stands before: `{ security: ['session'], response: { 401: Problem } }`.
 *
 * @param handler as for Express; its name is kept, and what it returns or throws goes to the framework
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT` for a contract that can't be meant
 * @example
 * const requireUser = createMiddleware<{ user: User }>(async (req, res, next) => {
 *   req.user = await userOf(req)
 *   next()
 * }, { security: ['session'] })
 */
export function createMiddleware<Adds extends object>(
  handler: (req: Request & Partial<Adds>, res: Response, next: NextFunction) => unknown,
  contract: MiddlewareContract = {},
): Step<{ request: Adds }> {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `createMiddleware(): the handler is ${show(handler)}; give a function (req, res, next)`,
    )
  }
  assertFragment('createMiddleware()', contract)
  const watchAnswers = contract.response === undefined ? null : prepareAnswers(contract.response, {})
  const middleware =
    watchAnswers === null
      ? function middleware(req: Request, res: Response, next: NextFunction) {
          return handler(req as Request & Partial<Adds>, res, next)
        }
      : function middleware(req: Request, res: Response, next: NextFunction) {
          watchAnswers(req, res)
          return handler(req as Request & Partial<Adds>, res, next)
        }
  if (handler.name !== '')
    Object.defineProperty(middleware, 'name', { value: handler.name, configurable: true })
  const attached: Attached<{ request: Adds }> = { contract, options: {} }
  return Object.assign(middleware, { '~contract': attached })
}
