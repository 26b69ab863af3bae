/**
 * What an application, a router and a route of ours can do that @types/express doesn't declare. These are types of
 * their own, below the shared ones, so that the shared ones stay assignable both ways.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ViewEngine } from './application-members.js'
import type { Application, Express, IRoute, RouteMethod, Router } from './contract.js'
import type { FetchContext, Injection, InjectOptions } from './in-process.js'
import type { PathParams } from './params.js'

/** One path with its handlers by method: what `route()` of ours gives, with every method that node knows. */
export interface Route<Path extends string | RegExp = string> extends IRoute<Path> {
  connect: RouteMethod<this, Path>
  propfind: RouteMethod<this, Path>
  proppatch: RouteMethod<this, Path>
  link: RouteMethod<this, Path>
  unlink: RouteMethod<this, Path>
  /** Absent where node's parser doesn't know the method: before Node 20.19.3 and 22.2. */
  query?: RouteMethod<this, Path>
  /** Which methods have handlers, in lower case; `_all` after `all()`. */
  methods: Record<string, boolean>
}

/** One line of `router.listRoutes()`. */
export interface RouteListing {
  path: string | RegExp
  /** The methods, in upper case, `*` for all; `undefined` for a mounted router. */
  methods?: string[] | undefined
  /** The mounted router: ask it for its own routes. */
  router?: NozomiRouter | undefined
}

interface Routing {
  route<T extends string | RegExp>(prefix: T): Route<T>
  route(prefix: PathParams): Route
}

/** What `Router()` gives. */
export interface NozomiRouter extends Router, Routing {
  route: Routing['route']
  /** The routes and mounted routers, in order, one line for each path; middleware is left out. */
  listRoutes(): RouteListing[]
  /** Runs a request through the router; `done` is called when nothing answered it. */
  handle(req: IncomingMessage, res: ServerResponse, done: (err?: unknown) => void): void
}

/** What `nozomi()` gives. */
export interface Nozomi extends Express {
  route: Routing['route']
  router: NozomiRouter
  /** The application that this one is mounted on. */
  parent?: Application | undefined
  /** The template engines, by extension with its dot. */
  engines: Record<string, ViewEngine>
  /** The views that were looked up, by name. */
  cache: Record<string, unknown>
  /** Runs a request through the application; without `done`, what nothing answered gets a 404, and an error its page. */
  handle(req: IncomingMessage, res: ServerResponse, done?: (err?: unknown) => void): void
  /**
   * Asks the application in the same process, without a socket, and gives its answer when it is awaited: for tests, and for
   * callers in the same process. A path, or options; more can be said of the request until it is awaited.
   *
   * @throws NOZOMI_INJECT_OPTION when no request can be made of the options; NOZOMI_INJECT_ABORTED when a handler destroys
   *   the response; NOZOMI_INJECT_EXPECTATION when the answer is not as expected.
   * @example
   * const answer = await app.inject({ method: 'POST', url: '/users', body: { name: 'Ada' } })
   * answer.status // 201
   * await app.inject().get('/users/1').expect(200).expect({ name: 'Ada' })
   */
  inject(options?: InjectOptions | string | URL): Injection
  /**
   * Answers a Web `Request` with a `Response`: where only these exist, and for tests. Bodies stream both ways; the signal of
   * the request, and cancelling the body of the response, are seen as a client that goes away. 1xx answers and trailers have
   * no place in a `Response`.
   *
   * @throws NOZOMI_FETCH_REQUEST for what is no Request; NOZOMI_FETCH_ABORTED when a handler destroys the response before
   *   it answered; NOZOMI_FETCH_STATUS for a status that no Response can have.
   * @example
   * export default { fetch: (request, env) => app.fetch(request, { env }) }
   */
  fetch(request: globalThis.Request, context?: FetchContext): Promise<globalThis.Response>
}
