import type { IncomingMessage } from 'node:http'
import type {
  MediaType,
  RangeInvalid,
  RangeOptions,
  RangeUnsatisfiable,
  RequestRanges,
} from './negotiation.js'

/**
 * All of a request that names neither the response nor the application.
 *
 * @see https://expressjs.com/en/5x/api/request/
 */
export interface RequestMembers<P, ReqBody, ReqQuery> extends IncomingMessage, Express.Request {
  /**
   * The value of a request field, whatever the case of its name; `undefined` when it wasn't sent. `Referer` and
   * `Referrer` are the same field.
   *
   * @throws TypeError when the name is not a string, or empty.
   */
  get(name: 'set-cookie'): string[] | undefined
  get(name: string): string | undefined

  /** The same as `get()`. */
  header(name: 'set-cookie'): string[] | undefined
  header(name: string): string | undefined

  /**
   * The one of the types that the client likes best, as it was given, or `false` (answer 406). Types are MIME types,
   * extensions, or lists of both; without any, all that the client accepts, best first.
   *
   * @example
   * switch (req.accepts(['json', 'html'])) {
   *   case 'json': res.json(user); break
   *   case 'html': res.render('user', { user }); break
   *   default: res.sendStatus(406)
   * }
   */
  accepts(): string[]
  accepts(type: string): string | false
  accepts(type: readonly string[]): string | false
  accepts(...type: string[]): string | false

  /** The charset that the client likes best (Accept-Charset), or `false`; without arguments, all it accepts. */
  acceptsCharsets(): string[]
  acceptsCharsets(charset: string): string | false
  acceptsCharsets(charset: readonly string[]): string | false
  acceptsCharsets(...charset: string[]): string | false

  /** The content coding that the client likes best (Accept-Encoding), or `false`; without arguments, all it accepts. */
  acceptsEncodings(): string[]
  acceptsEncodings(encoding: string): string | false
  acceptsEncodings(encoding: readonly string[]): string | false
  acceptsEncodings(...encoding: string[]): string | false

  /** The language that the client likes best (Accept-Language), or `false`; without arguments, all it accepts. */
  acceptsLanguages(): string[]
  acceptsLanguages(lang: string): string | false
  acceptsLanguages(lang: readonly string[]): string | false
  acceptsLanguages(...lang: string[]): string | false

  /**
   * The ranges that the Range field asks for, cut to what exists: `undefined` without the field, `-1` when no range
   * can be satisfied, `-2` when the field is malformed. Both ends of a range are included.
   *
   * @param size of the whole, in the unit of the field: bytes, most of the time.
   */
  range(size: number, options?: RangeOptions): RequestRanges | RangeUnsatisfiable | RangeInvalid | undefined

  /** @deprecated Declared by @types/express, set by no Express since version 3. */
  accepted: MediaType[]

  /**
   * Whether the body has one of these types (MIME types, wildcards such as `image/*`, extensions): the one that
   * matched, `false` for none, `null` when the request has no body.
   */
  is(type: string | string[], ...types: string[]): string | false | null

  /** `'https'` over TLS, otherwise `'http'`; behind a trusted proxy, what `X-Forwarded-Proto` says. */
  readonly protocol: string

  /** Whether `protocol` is `'https'`. */
  readonly secure: boolean

  /**
   * The client's address: that of the connection, or the one that trusted proxies report. `undefined` once the
   * connection is gone.
   */
  readonly ip: string | undefined

  /** The addresses in `X-Forwarded-For`, the client's first, as far as `trust proxy` trusts them. */
  readonly ips: string[]

  /** The labels of `hostname` in front of the domain, last first. How many belong to the domain is a setting: 2. */
  readonly subdomains: string[]

  /** The path of `url`, without the query. Inside a router, the part behind the place where it is mounted. */
  readonly path: string

  /** `host` without the port; `undefined`, whatever the type says, where `host` is. */
  readonly hostname: string

  /**
   * Host and port: the Host field, or behind a trusted proxy `X-Forwarded-Host`. `undefined`, whatever the type says,
   * when the request has neither.
   *
   * Differs from Express: also when the field holds no host (setting `validate host`).
   */
  readonly host: string

  /** Whether the client's copy is still good (RFC 9110 §13): answer 304. `res.send()` does so by itself. */
  readonly fresh: boolean

  /** The opposite of `fresh`. */
  readonly stale: boolean

  /** Whether `X-Requested-With` is `XMLHttpRequest`. */
  readonly xhr: boolean

  /** What a body parser made of the body; `undefined` where none ran or none applied. */
  body: ReqBody

  /** What cookie-parser, or a middleware like it, read. */
  cookies: any

  /** Cookies whose signature held, from cookie-parser. */
  signedCookies: any

  method: string

  /** The parameters of the path. A router sees its own only, unless it was made with `mergeParams`. */
  params: P

  /**
   * The query string, parsed as the setting `query parser` says: never trust its types.
   *
   * Differs from Express: parsed once for each URL, so changes made to it last, and it can be assigned. (In Express 5
   * each access parses anew, and an assignment fails or is lost.)
   */
  query: ReqQuery

  /** The route that matched: an `IRoute`. */
  route: any

  /** The URL as the client sent it, whatever routers and rewrites did to `url`. */
  originalUrl: string

  /** The URL without the part where the current router is mounted. Can be assigned: routing goes on with the new one. */
  url: string

  /** Where the current router is mounted, as the client spelled it; no slash at the end. */
  baseUrl: string
}
