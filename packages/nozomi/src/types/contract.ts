/**
 * The knot: request, response, handlers, router and application name one another, so they stand in one file, and
 * only they. What names none of them is declared elsewhere and inherited here.
 *
 * Names and type parameters, in their order, are those of @types/express 5 and @types/express-serve-static-core 5;
 * whatever is typed by those is assignable to these and the other way round.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApplicationMembers } from './application-members.js'
import type {
  AddedToApplication,
  AddedToRequest,
  AddedToResponse,
  TypedRouterHandler,
  TypedRouterMatcher,
} from './core-augmentations.js'
import type { LambdaInvocation } from './lambda.js'
import type { ParamsDictionary, PathParams, RouteParameters } from './params.js'
import type { ParsedQs } from './query.js'
import type { RequestMembers } from './request-members.js'
import type { ResponseMembers } from './response-members.js'
import type { SettingName } from './settings.js'

/**
 * What a handler gets.
 *
 * @typeParam P type of `req.params`
 * @typeParam ResBody what may be sent as a response
 * @typeParam ReqBody type of `req.body`
 * @typeParam ReqQuery type of `req.query`
 * @typeParam LocalsObj type of `res.locals`
 */
export interface Request<
  P = ParamsDictionary,
  ResBody = any,
  ReqBody = any,
  ReqQuery = ParsedQs,
  LocalsObj extends Record<string, any> = Record<string, any>,
> extends RequestMembers<P, ReqBody, ReqQuery>,
    AddedToRequest<P, ResBody, ReqBody, ReqQuery, LocalsObj> {
  /** The application that handles the request: inside a mounted one, that one. */
  app: Application
  res?: Response<ResBody, LocalsObj> | undefined
  /** The `next` of the router that handles the request now. */
  next?: NextFunction | undefined
  /** The event and the context that AWS Lambda gave, when the request came through `lambda()`. */
  lambda?: LambdaInvocation | undefined
}

/**
 * What a handler answers with.
 *
 * @typeParam ResBody what may be sent
 * @typeParam LocalsObj type of `res.locals`
 * @typeParam StatusCode which statuses may be set
 */
export interface Response<
  ResBody = any,
  LocalsObj extends Record<string, any> = Record<string, any>,
  StatusCode extends number = number,
> extends ResponseMembers<ResBody, LocalsObj, StatusCode>,
    AddedToResponse<ResBody, LocalsObj, StatusCode> {
  app: Application
  req: Request

  /**
   * Runs the one of the functions, by MIME type or extension, whose type the client likes best, with that
   * Content-Type. Where none fits, runs `default`, or fails with 406.
   *
   * @example
   * res.format({
   *   json: () => res.json(user),
   *   html: () => res.render('user', { user }),
   *   default: () => res.sendStatus(406),
   * })
   */
  format(obj: FormatHandlers): this
}

/** What `res.format()` takes: functions by MIME type or extension, and `default`. */
export interface FormatHandlers {
  [type: string]: (req: Request<any>, res: Response, next: NextFunction) => unknown
}

export type Send<ResBody = any, T = Response<ResBody>> = (body?: ResBody) => T

/** Goes on to the next handler; with an error, to the next error handler. */
export interface NextFunction {
  (err?: any): void
  /** Leaves the router: goes on behind it. */
  (deferToNext: 'router'): void
  /** Leaves the route: goes on with the next route. */
  (deferToNext: 'route'): void
}

/**
 * A function that handles a request or passes it on. What it throws, or rejects with, goes to `next`.
 *
 * Differs from Express: throwing `'route'` or `'router'` is an error, not a signal (setting `thrown routing signals`).
 */
export interface RequestHandler<
  P = ParamsDictionary,
  ResBody = any,
  ReqBody = any,
  ReqQuery = ParsedQs,
  LocalsObj extends Record<string, any> = Record<string, any>,
> {
  (
    req: Request<P, ResBody, ReqBody, ReqQuery, LocalsObj>,
    res: Response<ResBody, LocalsObj>,
    next: NextFunction,
  ): unknown
}

/** A function that handles an error: known by its four parameters, all of which must be declared. */
export interface ErrorRequestHandler<
  P = ParamsDictionary,
  ResBody = any,
  ReqBody = any,
  ReqQuery = ParsedQs,
  LocalsObj extends Record<string, any> = Record<string, any>,
> {
  (
    err: any,
    req: Request<P, ResBody, ReqBody, ReqQuery, LocalsObj>,
    res: Response<ResBody, LocalsObj>,
    next: NextFunction,
  ): unknown
}

/** What a route or `use()` takes: a handler, an error handler, or a list of them. */
export type RequestHandlerParams<
  P = ParamsDictionary,
  ResBody = any,
  ReqBody = any,
  ReqQuery = ParsedQs,
  LocalsObj extends Record<string, any> = Record<string, any>,
> =
  | RequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj>
  | ErrorRequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj>
  | Array<RequestHandler<P> | ErrorRequestHandler<P>>

/** Handlers that can be written in place: a list of them is told from a handler by the type checker. */
type HandlerOrList<
  P = ParamsDictionary,
  ResBody = any,
  ReqBody = any,
  ReqQuery = ParsedQs,
  LocalsObj extends Record<string, any> = Record<string, any>,
> =
  | RequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj>
  | Array<RequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj>>

export interface Handler extends RequestHandler {}

/** Runs before the handlers of a route that has the parameter; once for each value in a request. */
export type RequestParamHandler = (
  req: Request,
  res: Response,
  next: NextFunction,
  value: any,
  name: string,
) => any

/**
 * `router.get(path, ...handlers)` and the like. `T` is what it returns.
 *
 * What the path says and what handlers declare (`P`) are joined, so that middleware for any route, whose parameters are
 * a dictionary, doesn't hide those of the path, and those that `mergeParams` adds still pass. Differs from
 * @types/express: there the dictionary takes over, and handlers beside a list aren't inferred.
 */
export interface IRouterMatcher<
  T,
  _Method extends 'all' | 'get' | 'post' | 'put' | 'delete' | 'patch' | 'options' | 'head' | 'query' = any,
> {
  <
    Route extends string | RegExp,
    P = RouteParameters<Route>,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    path: Route,
    ...handlers: HandlerOrList<RouteParameters<Route> & P, ResBody, ReqBody, ReqQuery, LocalsObj>[]
  ): T
  <
    Path extends string | RegExp,
    P = RouteParameters<Path>,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    path: Path,
    ...handlers: Array<RequestHandlerParams<P, ResBody, ReqBody, ReqQuery, LocalsObj>>
  ): T
  <
    P = ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    path: PathParams,
    ...handlers: Array<RequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj>>
  ): T
  <
    P = ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    path: PathParams,
    ...handlers: Array<RequestHandlerParams<P, ResBody, ReqBody, ReqQuery, LocalsObj>>
  ): T
  (path: PathParams, subApplication: Application): T
}

/** `route.get(...handlers)` and the like, and `use()` without a path. `T` is what it returns. */
export interface IRouterHandler<T, Route extends string | RegExp = string> {
  (...handlers: HandlerOrList<RouteParameters<Route>>[]): T
  (...handlers: Array<RequestHandlerParams<RouteParameters<Route>>>): T
  <
    P = RouteParameters<Route>,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    ...handlers: Array<RequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj>>
  ): T
  <
    P = RouteParameters<Route>,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    ...handlers: Array<RequestHandlerParams<P, ResBody, ReqBody, ReqQuery, LocalsObj>>
  ): T
  <
    P = ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    ...handlers: Array<RequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj>>
  ): T
  <
    P = ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  >(
    ...handlers: Array<RequestHandlerParams<P, ResBody, ReqBody, ReqQuery, LocalsObj>>
  ): T
}

/** What contracts that handlers carry (@nozomi/schema) are told of: which parameters a path gives, and what requests and responses are. */
export interface NozomiTypes {
  path: string
  params: RouteParameters<this['path']>
  request: Request
  response: Response
  anyRequest: Request<any, any, any, any, any>
  anyResponse: Response<any, any>
}

/**
 * `router.get()` and the like: first as packages want it whose handlers carry contracts (@nozomi/schema), then as Express.
 * Interfaces and no intersections: a base that is not there is left out, where it would make an intersection `any`.
 */
export interface Matcher<T, Method extends string>
  extends TypedRouterMatcher<T, Method, NozomiTypes>,
    IRouterMatcher<T> {}

/** `route.get()` and the like, and `use()` without a path: the same. */
export interface RouteMethod<T, Route extends string | RegExp = string>
  extends TypedRouterHandler<T, Route, NozomiTypes>,
    IRouterHandler<T, Route> {}

/** `app.use()`: as a router's, and with error handlers and lists in any order. */
export type ApplicationRequestHandler<T> = RouteMethod<T> &
  Matcher<T, 'use'> &
  ((...handlers: RequestHandlerParams[]) => T)

/** A router: itself a handler, to be mounted by `use()`. */
export interface IRouter extends RequestHandler {
  /** Runs `handler` before the handlers of every route with that parameter. */
  param(name: string, handler: RequestParamHandler): this

  /** Handles every method. */
  all: Matcher<this, 'all'>
  get: Matcher<this, 'get'>
  post: Matcher<this, 'post'>
  put: Matcher<this, 'put'>
  delete: Matcher<this, 'delete'>
  patch: Matcher<this, 'patch'>
  options: Matcher<this, 'options'>
  head: Matcher<this, 'head'>
  /** Absent where node's parser doesn't know the method: before Node 20.19.3 and 22.2. */
  query?: Matcher<this, 'query'>

  checkout: Matcher<this, 'checkout'>
  connect: Matcher<this, 'connect'>
  copy: Matcher<this, 'copy'>
  lock: Matcher<this, 'lock'>
  merge: Matcher<this, 'merge'>
  mkactivity: Matcher<this, 'mkactivity'>
  mkcol: Matcher<this, 'mkcol'>
  move: Matcher<this, 'move'>
  'm-search': Matcher<this, 'm-search'>
  notify: Matcher<this, 'notify'>
  propfind: Matcher<this, 'propfind'>
  proppatch: Matcher<this, 'proppatch'>
  purge: Matcher<this, 'purge'>
  report: Matcher<this, 'report'>
  search: Matcher<this, 'search'>
  subscribe: Matcher<this, 'subscribe'>
  trace: Matcher<this, 'trace'>
  unlock: Matcher<this, 'unlock'>
  unsubscribe: Matcher<this, 'unsubscribe'>
  link: Matcher<this, 'link'>
  unlink: Matcher<this, 'unlink'>

  /** Adds middleware: for every path, or for a path and all below it, which is then cut off `req.url`. */
  use: RouteMethod<this> & Matcher<this, 'use'>

  /** One path, to give handlers to by method. */
  route<T extends string | RegExp>(prefix: T): IRoute<T>
  route(prefix: PathParams): IRoute

  /** What was registered, in order. Tools walk, wrap and splice it. */
  stack: ILayer[]
}

/** One entry of a router's or a route's stack. */
export interface ILayer {
  /** The route, where the entry is one. */
  route?: IRoute
  name: string | '<anonymous>'
  params?: Record<string, any>
  keys: string[]
  path?: string
  method: string
  /** @deprecated Declared by @types/express; absent since Express 5. */
  regexp: RegExp
  handle: (req: Request, res: Response, next: NextFunction) => any
}

/** One path with its handlers by method: what `route()` gives. */
export interface IRoute<Route extends string | RegExp = string> {
  path: string
  stack: ILayer[]
  all: RouteMethod<this, Route>
  get: RouteMethod<this, Route>
  post: RouteMethod<this, Route>
  put: RouteMethod<this, Route>
  delete: RouteMethod<this, Route>
  patch: RouteMethod<this, Route>
  options: RouteMethod<this, Route>
  head: RouteMethod<this, Route>

  checkout: RouteMethod<this, Route>
  copy: RouteMethod<this, Route>
  lock: RouteMethod<this, Route>
  merge: RouteMethod<this, Route>
  mkactivity: RouteMethod<this, Route>
  mkcol: RouteMethod<this, Route>
  move: RouteMethod<this, Route>
  'm-search': RouteMethod<this, Route>
  notify: RouteMethod<this, Route>
  purge: RouteMethod<this, Route>
  report: RouteMethod<this, Route>
  search: RouteMethod<this, Route>
  subscribe: RouteMethod<this, Route>
  trace: RouteMethod<this, Route>
  unlock: RouteMethod<this, Route>
  unsubscribe: RouteMethod<this, Route>
}

export interface Router extends IRouter {}

/** An application: a router with settings, views and a server; itself a handler and node's request listener. */
export interface Application<LocalsObj extends Record<string, any> = Record<string, any>>
  extends ApplicationMembers<LocalsObj>,
    IRouter,
    AddedToApplication<LocalsObj> {
  (req: Request | IncomingMessage, res: Response | ServerResponse, next?: (err?: any) => void): any

  /** With a name only: the value of that setting. With handlers: a route. */
  get: ((name: SettingName) => any) & Matcher<this, 'get'>

  param(name: string | string[], handler: RequestParamHandler): this

  use: ApplicationRequestHandler<this>

  /** The application was mounted on another one. */
  on(event: 'mount', callback: (parent: Application) => void): this
  on(event: string | symbol, listener: (...args: any[]) => void): this

  /** The router that holds what was registered. */
  router: Router
}

/** What calling the module gives: an application with its own prototypes for requests and responses. */
export interface Express extends Application {
  /** Every `req` of the application inherits from it. */
  request: Request
  /** Every `res` of the application inherits from it. */
  response: Response
}
