import type { NextFunction } from 'express-serve-static-core'
import type { ExpressTypes, RequestAfter, ResponseAfter } from './chain.js'
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
 */
export type RequestOf<S extends Source, Path extends string = string> = RequestAfter<
  ExpressTypes,
  Path,
  KnowledgeFrom<S>
>

/** `res` in a handler that stands behind `S`. */
export type ResponseOf<S extends Source> = ResponseAfter<ExpressTypes, KnowledgeFrom<S>>

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
export type HandlerOf<S extends Source, Path extends string = string> = (
  req: RequestOf<S, Path>,
  res: ResponseOf<S>,
  next: NextFunction,
) => unknown
