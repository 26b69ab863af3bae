/**
 * The types of `web(handler)`: handlers from a Web `Request` to a `Response`.
 */

import type { Request, Response } from './contract.js'
import type { ParamsDictionary } from './params.js'

/** What a Web handler gets beside the `Request`. */
export interface WebContext<P = ParamsDictionary> {
  /** The request of Express: `req.url` is the path below the mount, `req.user` what a middleware has left. */
  req: Request<P>
  /** The response of Express. A handler that answers by it returns undefined. */
  res: Response
  /** The parameters of the path. */
  params: P
  /** What `app.fetch()` was given as `env`: the bindings of a platform. */
  env?: any
}

/** Returns what is sent, or undefined to go on with the next handler. */
export type WebHandler<P = ParamsDictionary> = (
  request: globalThis.Request,
  context: WebContext<P>,
) => globalThis.Response | undefined | void | Promise<globalThis.Response | undefined | void>
