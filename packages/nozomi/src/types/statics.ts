import type { RequestListener, Server, ServerOptions } from 'node:http'
import type { ServerOptions as SecureServerOptions } from 'node:https'
import type { Certificates, Http2ListenOptions, ServerChoice } from './application-members.js'
import type { BodyParser, Options, OptionsJson, OptionsText, OptionsUrlencoded } from './body-options.js'
import type { Application, Request, RequestHandler, Response } from './contract.js'
import type { Injection, InjectOptions } from './in-process.js'
import type { LambdaHandler, LambdaOptions } from './lambda.js'
import type { Nozomi, NozomiRouter, Route } from './nozomi.js'
import type { ParamsDictionary } from './params.js'
import type { RouterOptions } from './router-options.js'
import type { ServeStaticOptions, StaticHandler } from './static-options.js'
import type { WebHandler } from './web.js'

/** Makes a router, with `new` or without. */
export interface RouterConstructor {
  (options?: RouterOptions): NozomiRouter
  new (options?: RouterOptions): NozomiRouter
  /** Every router inherits from it. */
  prototype: NozomiRouter
}

/** Makes a route that belongs to no router. */
export interface RouteConstructor {
  new <Path extends string | RegExp>(path: Path): Route<Path>
  /** Every route inherits from it. */
  prototype: Route
}

/** The module: makes an application when called, and has all else as properties. */
export interface NozomiStatic {
  (): Nozomi
  /** Every application has its members. */
  application: Application
  /** Every `req` inherits from it. */
  request: Request
  /** Every `res` inherits from it. */
  response: Response
  Route: RouteConstructor
  Router: RouterConstructor
  /** Parses JSON bodies into `req.body`. */
  json(options?: OptionsJson): BodyParser
  /** Reads bodies into `req.body` as a Buffer. */
  raw(options?: Options): BodyParser
  /** Reads bodies into `req.body` as a string. */
  text(options?: OptionsText): BodyParser
  /** Parses bodies of HTML forms into `req.body`. */
  urlencoded(options?: OptionsUrlencoded): BodyParser
  /** Serves the files of a folder. */
  static(root: string, options?: ServeStaticOptions<Response>): StaticHandler<Response>
  /**
   * Makes a server for an application, or for any listener for requests, which does not listen yet. With `key` and `cert`
   * (or `pfx`) it speaks TLS, and is an `https.Server`. With `server: 'http2'` it is one of node:http2, which has all that is
   * asked of an `http.Server` here.
   *
   * @throws NOZOMI_SERVER_UNKNOWN when `server` names none.
   * @example
   * nozomi.createServer(app, { server: 'turbo', key, cert }).listen(443)
   */
  createServer(
    app: RequestListener,
    options?: (ServerChoice & (ServerOptions | SecureServerOptions)) | Http2ListenOptions,
  ): Server
  /**
   * Gives a server that speaks TLS other certificates, for the handshakes that come; without any, reads the files again that
   * it was made with (`certificateFiles`).
   *
   * @throws NOZOMI_CERTIFICATES when they can't be used. The server goes on with what it has.
   * @example
   * process.on('SIGHUP', () => nozomi.reloadCertificates(server))
   */
  reloadCertificates(server: object, certificates?: Certificates): void
  /**
   * Middleware that answers what did not come over HTTPS with a redirect to the same path and query over HTTPS. Behind a
   * proxy that ends TLS it needs the setting `trust proxy`.
   *
   * @throws NOZOMI_REDIRECT_OPTION
   * @example
   * app.use(nozomi.redirectToHttps({ host: ['example.org', 'www.example.org'] }))
   */
  redirectToHttps(options?: RedirectToHttpsOptions): RequestHandler
  /**
   * As `app.inject()`, for an application, a router alone, or any listener for requests of node:http: an application of
   * stock Express is one.
   */
  inject(target: RequestListener, options?: InjectOptions | string | URL): Injection
  inject(router: NozomiRouter, options?: InjectOptions | string | URL): Injection
  /**
   * Makes a handler for AWS Lambda, behind API Gateway (REST and HTTP APIs), a load balancer or a function URL, of an
   * application, a router alone, or any listener for requests of node:http. Handlers find event and context in `req.lambda`.
   *
   * A request that is not answered shortly before the function times out is given up: handlers see a client that has gone.
   * The promise is rejected with NOZOMI_LAMBDA_EVENT for an event that is none of HTTP, or is malformed;
   * NOZOMI_LAMBDA_TOO_LARGE for an answer that AWS would not take; NOZOMI_LAMBDA_TIMEOUT; NOZOMI_LAMBDA_ABORTED when a
   * handler destroys the response.
   *
   * @throws NOZOMI_LAMBDA_OPTION; NOZOMI_LAMBDA_STREAMING when `streaming` is asked for outside of Lambda.
   * @example
   * export const handler = nozomi.lambda(app, { prefix: 'stage' })
   */
  lambda(target: Application | NozomiRouter | RequestListener, options?: LambdaOptions): LambdaHandler
  /**
   * How a pattern of Express 4 is written in the syntax of Express 5: `/user/:id?` gives `/user{/:id}`.
   *
   * @throws TypeError when the string is no pattern of Express 4.
   */
  toExpress5Pattern(pattern: string): Express5Pattern
  /**
   * Makes middleware of a function from a Web `Request` to a `Response`. What it returns is sent; `undefined` goes on with the
   * next handler. `request.url` is the whole URL that the client asked for, also below a mount; `request.signal` is aborted
   * when the client goes away. Fields that are set on the response are kept unless the `Response` has them.
   *
   * @throws TypeError when the handler is no function. Errors for error handlers: NOZOMI_WEB_RESULT, NOZOMI_WEB_BODY_READ,
   *   NOZOMI_WEB_METHOD, NOZOMI_WEB_PATH.
   * @example
   * app.get('/hello/:name', web((request, { params }) => Response.json({ hello: params.name })))
   */
  web<P = ParamsDictionary>(handler: WebHandler<P>): RequestHandler<P>
}

/** Options of `redirectToHttps()`. */
export interface RedirectToHttpsOptions {
  /**
   * The host that clients are sent to, or the hosts that may be asked for: who asks for another is sent to the first.
   * Default: the host that was asked for, if it is a valid one.
   */
  host?: string | readonly string[] | undefined
  /** The port of HTTPS. Default: 443. */
  port?: number | undefined
  /** Default: 308. Other methods than GET and HEAD get 308 in place of 301, and 307 in place of 302. */
  status?: 301 | 302 | 307 | 308 | undefined
}

/** What `toExpress5Pattern()` gives. */
export interface Express5Pattern {
  /** The pattern in the syntax of Express 5; undefined when it can only be written as a regular expression. */
  pattern: string | undefined
  /** The regular expression that Express 4 made of it: always exact. */
  regexp: RegExp
  /** In what the pattern says less or more than the old one. Empty when both match the same paths. */
  differences: string[]
}
