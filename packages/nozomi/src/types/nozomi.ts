/**
 * What an application, a router and a route of ours can do that @types/express doesn't declare. These are types of
 * their own, below the shared ones, so that the shared ones stay assignable both ways.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ViewEngine } from './application-members.js'
import type { Application, Express, IRoute, IRouterHandler, Router } from './contract.js'
import type { PathParams } from './params.js'

/** One path with its handlers by method: what `route()` of ours gives, with every method that node knows. */
export interface Route<Path extends string | RegExp = string> extends IRoute<Path> {
  connect: IRouterHandler<this, Path>
  propfind: IRouterHandler<this, Path>
  proppatch: IRouterHandler<this, Path>
  link: IRouterHandler<this, Path>
  unlink: IRouterHandler<this, Path>
  /** Absent where node's parser doesn't know the method: before Node 20.19.3 and 22.2. */
  query?: IRouterHandler<this, Path>
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
}
