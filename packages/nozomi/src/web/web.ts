import type { IncomingMessage, ServerResponse } from 'node:http'
import { createError } from '../errors/catalogue.js'
import { requestOf } from './request-of.js'
import { sendResponse } from './send-response.js'

/** What a handler gets beside the `Request`. */
export interface WebContext {
  req: IncomingMessage
  res: ServerResponse
  params: object
  env: unknown
}

export type WebHandler = (request: Request, context: WebContext) => unknown

type Params = { params?: object; env?: unknown }

/**
 * Makes middleware of a Web handler, a function from `Request` to `Response`. What it returns is sent; `undefined` goes on
 * with the next handler; an error goes to the error handlers.
 *
 * `request.url` is the whole URL that the client asked for, also below a router or a mounted application: it is what links
 * and redirects are made of, what signatures are made over, and what the routers of other frameworks expect. `req.url` in
 * the second parameter is the path below the mount. Scheme and host are `req.protocol` and `req.host`, so that they
 * heed `trust proxy`; where there is no host that can be trusted to be one, it is `localhost`.
 *
 * The body is not touched before it is read. When a body parser has read it already, it is made from `req.body`: text, bytes,
 * JSON and forms can be told; for anything else, reading it fails with NOZOMI_WEB_BODY_READ. A GET or HEAD has no body here.
 *
 * Fields that are set on the response already are kept unless the `Response` has them; `Set-Cookie` and `Vary` are added.
 * `request.signal` is aborted when the client goes away, and the body of the `Response` is cancelled.
 *
 * Errors for `next()`: NOZOMI_WEB_RESULT, NOZOMI_WEB_METHOD, NOZOMI_WEB_PATH, and what the handler throws.
 *
 * @throws TypeError when the handler is no function.
 * @example
 * app.get('/hello/:name', web((request, { params }) => Response.json({ hello: params.name })))
 */
export function web(handler: WebHandler) {
  if (typeof handler !== 'function')
    throw new TypeError(`web() requires a handler function, and got ${typeof handler}`)
  return async function webHandler(
    req: IncomingMessage & Params,
    res: ServerResponse,
    next: () => void,
  ): Promise<void> {
    const { params = {}, env } = req
    const result = await handler(requestOf(req, res), { req, res, params, env })
    if (isResponse(result)) await sendResponse(req, res, result)
    else if (result !== undefined)
      throw createError('NOZOMI_WEB_RESULT', [handler.name || '<anonymous>', describe(result)])
    // The handler may have answered by `res`.
    else if (!res.headersSent && !res.writableEnded) next()
  }
}

/** Also one of another realm or of a package. */
function isResponse(value: unknown): value is Response {
  const like = value as Partial<Response> | null
  const isOne =
    value instanceof Response ||
    (typeof like === 'object' &&
      like !== null &&
      Object.prototype.toString.call(like) === '[object Response]')
  return isOne && (like as Response).type !== 'error' && !(like as Response).bodyUsed
}

function describe(value: unknown): string {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : `a ${typeof value}`
  if (Object.prototype.toString.call(value) !== '[object Response]') return 'an object that is no Response'
  return (value as Response).bodyUsed ? 'a Response whose body was read already' : 'Response.error()'
}
