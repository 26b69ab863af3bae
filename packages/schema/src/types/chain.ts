/**
 * How types flow through the handlers of a route: each handler is a type parameter of its own, whose constraint says what it
 * gets, made from what those before it add. So a function written in place is typed by what stands to its left.
 */
import type {
  NextFunction,
  ParamsDictionary,
  Request,
  Response,
  RouteParameters,
} from 'express-serve-static-core'
import type { AnswerResponse } from './answers.js'
import type { BodyOf, ContractIn, MemberOr, PartsOf } from './known.js'
import type { OutputOf } from './schema.js'

/**
 * What differs between the frameworks: the parameters that a path gives, and what their requests and responses have more. A
 * framework passes an interface of its own, whose `params` is made from `this['path']`.
 */
export interface FrameworkTypes {
  path: string
  params: unknown
  request: unknown
  response: unknown
  /** The same, whatever their type arguments: what a handler may want that is written somewhere else. */
  anyRequest: unknown
  anyResponse: unknown
}

/** Stock Express 5. */
export interface ExpressTypes extends FrameworkTypes {
  params: RouteParameters<this['path']>
  request: Request
  response: Response
  anyRequest: Request<any, any, any, any, any>
  anyResponse: Response<any, any>
}

/** What a framework passed for itself; Invariant: a declaration that others repeat can have no constraint of ours. */
export type FrameworkOr<F> = F extends FrameworkTypes ? F : ExpressTypes

type ParamsOf<F extends FrameworkTypes, Path extends string> = string extends Path
  ? ParamsDictionary
  : (F & { path: Path })['params']

/** What a contract says, and what the path says besides; of a path that is not known, nothing. */
type ParamsOver<F extends FrameworkTypes, Path extends string, Said> = string extends Path
  ? Said
  : Omit<ParamsOf<F, Path>, keyof Said> & Said

/** What requests have in common whatever was validated. Perf: nothing in it depends on the route: it is worked out once. */
type CommonRequest<F extends FrameworkTypes> = Omit<F['request'], 'params' | 'query' | 'body' | 'cookies'>

/** What is said of a request for `Path` that passed the contract `C`. Perf: its members are worked out when a handler uses them. */
interface Validated<F extends FrameworkTypes, Path extends string, C> {
  params: C extends { readonly params: infer S } ? ParamsOver<F, Path, OutputOf<S>> : ParamsOf<F, Path>
  query: C extends { readonly query: infer S } ? OutputOf<S> : Request['query']
  body: C extends { readonly body: infer S } ? BodyOf<S> : any
  cookies: C extends { readonly cookies: infer S } ? OutputOf<S> : any
  /** The parts of the request that were validated, as their schemas gave them. */
  valid: PartsOf<C>
}

/** `req` in a handler of `Path`, after handlers that added `K`. */
export type RequestAfter<F extends FrameworkTypes, Path extends string, K> = Validated<
  F,
  Path,
  ContractIn<K>
> &
  CommonRequest<F> &
  MemberOr<K, 'request', unknown>

/** `res` in a handler, after handlers that added `K`. */
export type ResponseAfter<F extends FrameworkTypes, K> =
  ContractIn<K> extends { readonly response: infer R } ? AnswerResponse<R> : F['response']

type HandlerAfter<F extends FrameworkTypes, Path extends string, K> = (
  req: RequestAfter<F, Path, K>,
  res: ResponseAfter<F, K>,
  next: NextFunction,
) => unknown

/**
 * Middleware for any route, such as a rate limiter. It knows nothing of what was validated, and need not. What it says of params, query,
 * body and locals, as `RequestHandler<{ id: string }>` does, is believed: refused here, it would leave the whole call to the framework's own
 * types, and the contract of the handlers beside it without any.
 *
 * Invariant: two signatures whose type parameters differ give a function written in place no types: those come from `HandlerAfter`
 * alone. With one signature, the two would contradict each other.
 */
interface PlainHandler<F extends FrameworkTypes> {
  <_A>(req: F['anyRequest'], res: F['anyResponse'], next: NextFunction): unknown
  <_A, _B>(req: F['anyRequest'], res: F['anyResponse'], next: NextFunction): unknown
}

/**
 * A handler of errors; the signatures as of `PlainHandler`. Their first parameter keeps other handlers out; that they are methods lets
 * through one that wants errors of its own kind.
 */
type ErrorHandler<F extends FrameworkTypes> = {
  handle<_A>(error: Error, req: F['anyRequest'], res: F['anyResponse'], next: NextFunction): unknown
  handle<_A, _B>(error: Error, req: F['anyRequest'], res: F['anyResponse'], next: NextFunction): unknown
}['handle']

/** What carries a contract; the signatures as of `PlainHandler`. Perf: else it is compared with `HandlerAfter`. */
interface AnyStep {
  <_A>(req: any, res: any, next: NextFunction): unknown
  <_A, _B>(req: any, res: any, next: NextFunction): unknown
  readonly '~contract': unknown
}

/** A router or an application, to be mounted; as `AnyStep`. */
interface AnyRouter {
  <_A>(req: any, res: any, next: NextFunction): unknown
  <_A, _B>(req: any, res: any, next: NextFunction): unknown
  readonly stack: unknown
}

type One<F extends FrameworkTypes, Path extends string, K> =
  | AnyStep
  | AnyRouter
  | PlainHandler<F>
  | ErrorHandler<F>
  | HandlerAfter<F, Path, K>

/**
 * A list. Perf: the type checker makes all members of a type for each route, and a list of handlers has forty. Of these three the iterator types
 * what stands behind a spread.
 */
interface Several<F extends FrameworkTypes, Path extends string, K> {
  readonly [index: number]: One<F, Path, K>
  readonly length: number
  [Symbol.iterator](): IterableIterator<One<F, Path, K>>
}

/**
 * What a route takes at one place: a handler, or a list of them. Invariant: the empty list is there so that a list that is written in place has
 * a type for each of its handlers. Of a step and a middleware, as one type of both, the middleware's would remain.
 */
export type StepAfter<F extends FrameworkTypes, Path extends string, K> =
  | One<F, Path, K>
  | Several<F, Path, K>
  | readonly []

/** `never` where no handler says what it adds: then the framework's own types are taken. */
export type IfTyped<K> = unknown extends K ? never : unknown
