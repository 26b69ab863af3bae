import type { NextFunction } from 'express-serve-static-core'
import type { ExpressTypes, FrameworkTypes, RequestAfter, ResponseAfter } from './chain.js'
import type { Contract } from './contract.js'
import type { KnowledgeOf } from './known.js'
import type { AddsOf, Step } from './step.js'

/** Steps of a route, or a contract. */
type Source = Step | readonly Step[] | Contract

type KnowledgeFrom<S> = S extends Step | readonly Step[]
  ? AddsOf<S>
  : S extends Contract
    ? KnowledgeOf<S>
    : unknown

/**
 * `req` in a handler that stands behind `S`, for handlers that are written somewhere else: a step (`typeof listOrders`), a list of steps, or
 * a contract.
 *
 * @typeParam Path the path of the route, for parameters that no contract names
 * @typeParam Framework whose requests they are: `NozomiTypes` of Nozomi for what only those have. Default: stock Express's, which the
 * routes of both take
 */
export type RequestOf<
  S extends Source,
  Path extends string = string,
  Framework extends FrameworkTypes = ExpressTypes,
> = RequestAfter<Framework, Path, KnowledgeFrom<S>>

/** `res` in a handler that stands behind `S`. */
export type ResponseOf<S extends Source, Framework extends FrameworkTypes = ExpressTypes> = ResponseAfter<
  Framework,
  KnowledgeFrom<S>
>

/**
 * A handler that stands behind `S`.
 *
 * @example
 * const showUser = validate({ params: z.object({ id: z.number() }), response: { 200: User } })
 * const show: HandlerOf<typeof showUser> = async (req, res) => {
 *   res.json(await users.find(req.params.id))
 * }
 * app.get('/users/:id', showUser, show)
 */
export type HandlerOf<
  S extends Source,
  Path extends string = string,
  Framework extends FrameworkTypes = ExpressTypes,
> = (req: RequestOf<S, Path, Framework>, res: ResponseOf<S, Framework>, next: NextFunction) => unknown
