/**
 * The types of requests that are made in the same process: `app.inject()` and `app.fetch()`.
 */

import type { Readable } from 'node:stream'

type Value = string | number | boolean

/** A request for `inject()`. All that is missing has a default. */
export interface InjectOptions {
  /** The path, with or without a query; an absolute URL also gives the host, and `https:` a request over TLS. Default `/`. */
  url?: string | URL | undefined
  /** One that node knows, in any case. Default `GET`. */
  method?: string | undefined
  /** Is added to the query of `url`; a list is sent as one parameter for each of its values. */
  query?: string | URLSearchParams | Record<string, Value | readonly Value[] | null | undefined> | undefined
  /** Fields of the request; `Host` is `localhost` unless given. */
  headers?:
    | Record<string, Value | readonly Value[] | undefined>
    | Iterable<readonly [string, string]>
    | undefined
  /** Sent in the field `Cookie`, percent-encoded. */
  cookies?: Record<string, string> | undefined
  /**
   * A string is sent as text, bytes as they are; URLSearchParams, FormData and Blob as the platform writes them; a stream, or
   * anything that yields bytes, in pieces; any other value as JSON. Type and length are set unless `headers` has them.
   */
  body?: unknown
  /** Who asks, for `req.ip`. Default `127.0.0.1`. */
  remoteAddress?: string | undefined
  /** Gives the answer as soon as its head has come; `answer.stream` then has the body. Default false. */
  stream?: boolean | undefined
  /** Aborted: the client goes away, and the promise is rejected with its reason. */
  signal?: AbortSignal | undefined
}

/** Fields by their names in lower case; those sent several times are joined, `set-cookie` is a list. */
export interface AnswerFields {
  [name: string]: string | string[] | undefined
  'set-cookie'?: string[]
}

/** A cookie that an answer sets. */
export interface ResponseCookie {
  name: string
  /** Percent-decoded, where it can be. */
  value: string
  domain?: string
  path?: string
  expires?: Date
  /** In seconds, as it was sent. */
  maxAge?: number
  httpOnly?: boolean
  secure?: boolean
  partitioned?: boolean
  sameSite?: string
  priority?: string
}

/** What an application answered. */
export interface InjectedAnswer {
  readonly status: number
  /** The same as `status`, as node has it. */
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: AnswerFields
  /** Name, value, name, value, ... as they were written. */
  readonly rawHeaders: readonly string[]
  /** The 1xx answers that came before. */
  readonly informations: readonly { status: number; headers: AnswerFields }[]
  /** The fields that came after the body; of a streamed answer, when its body was read. */
  readonly trailers: AnswerFields
  /** The body, while it comes: only with the option `stream`. */
  readonly stream: Readable | null
  /** The cookies that the answer sets. */
  readonly cookies: ResponseCookie[]
  /** The body as UTF-8 text; the same as `text()`. */
  readonly body: string
  /** A field, whatever the case of its name. */
  get(name: string): string | string[] | undefined
  text(): string
  /** @throws NOZOMI_INJECT_JSON when the body is no JSON. */
  json<T = any>(): T
  /** @throws NOZOMI_INJECT_STREAMED when the answer was asked for as a stream. */
  buffer(): Buffer
}

/** A request that is put together, and sent when it is awaited. */
export interface Injection extends Promise<InjectedAnswer> {
  get(url: string | URL): this
  head(url: string | URL): this
  post(url: string | URL): this
  put(url: string | URL): this
  patch(url: string | URL): this
  delete(url: string | URL): this
  options(url: string | URL): this
  query(query: NonNullable<InjectOptions['query']>): this
  /** In place of the fields that were given before. */
  headers(headers: NonNullable<InjectOptions['headers']>): this
  /** One more field. */
  set(name: string, value: string): this
  cookies(cookies: Record<string, string>): this
  body(body: unknown): this
  /** The status that the answer must have. */
  expect(status: number): this
  /** What a field of the answer must be. */
  expect(field: string, value: string | RegExp | number): this
  /** What the body of the answer must be: text, a pattern, or a JSON value. */
  expect(body: string | RegExp | object): this
  /** Looks at the answer, and throws, or rejects. */
  expect(check: (answer: InjectedAnswer) => void | Promise<void>): this
}

/** What is known beside a `Request`. */
export interface FetchContext {
  /** Who asks, for `req.ip`: a Request does not say. */
  ip?: string | undefined
  /** What the platform gives with a request, for handlers: `req.env`. */
  env?: unknown
}
