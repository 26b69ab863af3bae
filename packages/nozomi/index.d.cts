/**
 * The types of `require('nozomi')`: a callable with a namespace, in the form that @types/express has. What the names
 * stand for is declared in the ESM build.
 */

import type * as application from './dist/types/application-members.js' with { 'resolution-mode': 'import' }
import type * as body from './dist/types/body-options.js' with { 'resolution-mode': 'import' }
import type * as core from './dist/types/contract.js' with { 'resolution-mode': 'import' }
import type * as inProcess from './dist/types/in-process.js' with { 'resolution-mode': 'import' }
import type * as lambdas from './dist/types/lambda.js' with { 'resolution-mode': 'import' }
import type * as cookies from './dist/types/cookies.js' with { 'resolution-mode': 'import' }
import type * as locals from './dist/types/namespace.js' with { 'resolution-mode': 'import' }
import type * as negotiation from './dist/types/negotiation.js' with { 'resolution-mode': 'import' }
import type * as own from './dist/types/nozomi.js' with { 'resolution-mode': 'import' }
import type * as params from './dist/types/params.js' with { 'resolution-mode': 'import' }
import type * as queries from './dist/types/query.js' with { 'resolution-mode': 'import' }
import type * as members from './dist/types/response-members.js' with { 'resolution-mode': 'import' }
import type * as routers from './dist/types/router-options.js' with { 'resolution-mode': 'import' }
import type * as settings from './dist/types/settings.js' with { 'resolution-mode': 'import' }
import type * as files from './dist/types/static-options.js' with { 'resolution-mode': 'import' }
import type * as statics from './dist/types/statics.js' with { 'resolution-mode': 'import' }
import type * as webs from './dist/types/web.js' with { 'resolution-mode': 'import' }

/**
 * Makes an application.
 *
 * @example
 * const app = nozomi()
 * app.get('/users/:id', (req, res) => {
 *   res.json({ id: req.params.id })
 * })
 * app.listen(3000)
 */
declare function e(): own.Nozomi

declare namespace e {
  /** Every application has its members: what is added here, all of them get. */
  const application: statics.NozomiStatic['application']
  /** Every `req` inherits from it. */
  const request: statics.NozomiStatic['request']
  /** Every `res` inherits from it. */
  const response: statics.NozomiStatic['response']
  /** Makes a server for an application: node:http or turbo, over TLS when there is a certificate. */
  const createServer: statics.NozomiStatic['createServer']
  const inject: statics.NozomiStatic['inject']
  /** Makes a handler for AWS Lambda. */
  const lambda: statics.NozomiStatic['lambda']
  /** Makes a route that belongs to no router. */
  const Route: statics.RouteConstructor
  /** Makes a router, with `new` or without. */
  const Router: statics.RouterConstructor
  /** Parses JSON bodies into `req.body`. */
  const json: statics.NozomiStatic['json']
  /** Reads bodies into `req.body` as a Buffer. */
  const raw: statics.NozomiStatic['raw']
  /** Reads bodies into `req.body` as a string. */
  const text: statics.NozomiStatic['text']
  /** Parses the bodies of HTML forms into `req.body`. */
  const urlencoded: statics.NozomiStatic['urlencoded']
  /** Serves the files of a folder. */
  const static: statics.NozomiStatic['static']
  /** Sends clients that come over plain HTTP to HTTPS. */
  const redirectToHttps: statics.NozomiStatic['redirectToHttps']
  /** Gives a running server other certificates. */
  const reloadCertificates: statics.NozomiStatic['reloadCertificates']
  /** How a pattern of Express 4 is written in the syntax of Express 5. */
  const toExpress5Pattern: statics.NozomiStatic['toExpress5Pattern']
  /** Makes middleware of a function from a Web `Request` to a `Response`. */
  const web: statics.NozomiStatic['web']

  type NozomiStatic = statics.NozomiStatic
  interface Express5Pattern extends statics.Express5Pattern {}
  type RouterConstructor = statics.RouterConstructor
  type RouteConstructor = statics.RouteConstructor

  interface Request<
    P = params.ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = queries.ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  > extends core.Request<P, ResBody, ReqBody, ReqQuery, LocalsObj> {}
  interface Response<
    ResBody = any,
    LocalsObj extends Record<string, any> = Record<string, any>,
    StatusCode extends number = number,
  > extends core.Response<ResBody, LocalsObj, StatusCode> {}
  interface RequestHandler<
    P = params.ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = queries.ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  > extends core.RequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj> {}
  interface ErrorRequestHandler<
    P = params.ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = queries.ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  > extends core.ErrorRequestHandler<P, ResBody, ReqBody, ReqQuery, LocalsObj> {}
  type RequestHandlerParams<
    P = params.ParamsDictionary,
    ResBody = any,
    ReqBody = any,
    ReqQuery = queries.ParsedQs,
    LocalsObj extends Record<string, any> = Record<string, any>,
  > = core.RequestHandlerParams<P, ResBody, ReqBody, ReqQuery, LocalsObj>
  interface NextFunction extends core.NextFunction {}
  interface Handler extends core.Handler {}
  interface FormatHandlers extends core.FormatHandlers {}
  interface RequestParamHandler extends core.RequestParamHandler {}
  interface Errback extends members.Errback {}
  interface Send<ResBody = any, T = core.Response<ResBody>> extends core.Send<ResBody, T> {}

  interface Application<LocalsObj extends Record<string, any> = Record<string, any>>
    extends core.Application<LocalsObj> {}
  interface Express extends core.Express {}
  interface Nozomi extends own.Nozomi {}
  interface Settings extends settings.Settings {}
  type SettingName = settings.SettingName
  type ApplicationRequestHandler<T> = core.ApplicationRequestHandler<T>
  interface Http2Limits extends application.Http2Limits {}
  interface CertificateFile extends application.CertificateFile {}
  interface CertificateFiles extends application.CertificateFiles {}
  interface Certificates extends application.Certificates {}
  interface RedirectToHttpsOptions extends statics.RedirectToHttpsOptions {}
  type ViewEngine = application.ViewEngine

  interface IRouter extends core.IRouter {}
  interface IRouterHandler<T, Path extends string | RegExp = string> extends core.IRouterHandler<T, Path> {}
  interface IRouterMatcher<
    T,
    Method extends 'all' | 'get' | 'post' | 'put' | 'delete' | 'patch' | 'options' | 'head' | 'query' = any,
  > extends core.IRouterMatcher<T, Method> {}
  interface IRoute<Path extends string | RegExp = string> extends core.IRoute<Path> {}
  interface ILayer extends core.ILayer {}
  interface Router extends core.Router {}
  interface NozomiTypes extends core.NozomiTypes {}
  interface NozomiRouter extends own.NozomiRouter {}
  interface Route<Path extends string | RegExp = string> extends own.Route<Path> {}
  interface RouteListing extends own.RouteListing {}
  interface RouterOptions extends routers.RouterOptions {}

  type PathParams = params.PathParams
  type Params = params.Params
  interface ParamsDictionary extends params.ParamsDictionary {}
  interface ParamsFlatDictionary extends params.ParamsFlatDictionary {}
  type RouteParameters<Path extends string | RegExp> = params.RouteParameters<Path>
  interface Dictionary<T> extends params.Dictionary<T> {}
  interface ParsedQs extends queries.ParsedQs {}
  type Query = queries.Query
  interface Locals extends locals.Locals {}

  interface CookieOptions extends cookies.CookieOptions {}
  interface InjectOptions extends inProcess.InjectOptions {}
  interface Injection extends inProcess.Injection {}
  interface InjectedAnswer extends inProcess.InjectedAnswer {}
  interface ResponseCookie extends inProcess.ResponseCookie {}
  interface FetchContext extends inProcess.FetchContext {}
  interface LambdaOptions extends lambdas.LambdaOptions {}
  interface LambdaInvocation extends lambdas.LambdaInvocation {}
  type LambdaHandler = lambdas.LambdaHandler
  interface WebContext<P = params.ParamsDictionary> extends webs.WebContext<P> {}
  type WebHandler<P = params.ParamsDictionary> = webs.WebHandler<P>
  type FieldValue = members.FieldValue
  interface MediaType extends negotiation.MediaType {}
  interface ByteRange extends negotiation.ByteRange {}
  interface RequestRanges extends negotiation.RequestRanges {}
  interface RangeOptions extends negotiation.RangeOptions {}
  interface SendOptions extends files.SendOptions {}
  interface SendFileOptions extends files.SendFileOptions {}
  interface DownloadOptions extends files.DownloadOptions {}
  interface ServeStaticOptions<R extends core.Response = core.Response> extends files.ServeStaticOptions<R> {}
  interface StaticHandler<R extends core.Response = core.Response> extends files.StaticHandler<R> {}
  interface Options extends body.Options {}
  interface OptionsJson extends body.OptionsJson {}
  interface OptionsText extends body.OptionsText {}
  interface OptionsUrlencoded extends body.OptionsUrlencoded {}
  interface BodyParser extends body.BodyParser {}
}

export = e
