import { decodeBody } from './answer-body.js'
import type { Answer } from './answer.js'
import type { Client, ClientMethod } from './client-types.js'
import { fillPath } from './path-template.js'
import { formatQuery } from './query-string.js'
import { encodeBody } from './request-body.js'
import type { HeaderFields, QueryValue, RequestParts } from './request-parts.js'

export type { Answer } from './answer.js'
export type { Client, ClientMethod, NoRoutes } from './client-types.js'
export type { Jsonified } from './jsonified.js'
export type { HeaderFields, HeaderValue, QueryValue } from './request-parts.js'

/** How a client reaches its server. */
export interface ClientOptions {
  /** What stands before each path: `https://api.example.com/v1`. Default: nothing, so that a page asks its own server. */
  readonly baseUrl?: string
  /**
   * What sends requests: `fetch`, or what retries, keeps cookies, measures or logs around it. It gets a text and an init, so that it can send
   * them again. Default: `globalThis.fetch`, as it is when a request is sent.
   */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Fields of every request; those of a request itself come before them. A function is asked for each request. */
  readonly headers?: HeaderFields | (() => HeaderFields | Promise<HeaderFields>)
  /** Writes queries, without the question mark. Default: lists as repeated keys, objects as `key[member]`. */
  readonly formatQuery?: (query: Readonly<Record<string, QueryValue>>) => string
}

const METHODS: readonly ClientMethod[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'query']

/**
 * A client of an application, typed by it, `createClient<typeof app>({ baseUrl })`, or by what openapi-typescript makes of an OpenAPI
 * document: `createClient<paths>({ baseUrl })`.
 *
 * `await client.get('/users/:id', { params: { id: 7 } })` gives `{ ok, status, data, headers, response }` for every status; what `data` is
 * follows from `status`, or from `ok`. It rejects when there is no answer (`fetch` failed, or was aborted by `signal`), and with a TypeError when
 * a parameter of the path is missing or would lead to another path. Cookies and retries are the caller's `fetch`.
 *
 * Runs in browsers and wherever there is `fetch`.
 */
export function createClient<Source>(options: ClientOptions = {}): Client<Source> {
  const calls = METHODS.map((method) => {
    const call = (path: string, request?: RequestParts) =>
      ask(options, method.toUpperCase(), path, request ?? {})
    return [method, call] as const
  })
  return Object.fromEntries(calls) as unknown as Client<Source>
}

async function ask(
  options: ClientOptions,
  method: string,
  path: string,
  { params, query, headers: own, body, ...init }: RequestParts,
): Promise<Answer> {
  const url = addressOf(options, path, params ?? {}, query ?? {})
  const shared = typeof options.headers === 'function' ? await options.headers() : options.headers
  const headers = mergeHeaders(shared, own)
  // Called as a function of its own: browsers refuse `fetch` as a method of something else.
  const send = options.fetch ?? ((to, how) => globalThis.fetch(to, how))
  const response = await send(url, { ...init, method, headers, ...encodeBody(body, headers) })
  const data = await decodeBody(response, method)
  return { ok: response.ok, status: response.status, data, headers: response.headers, response }
}

function addressOf(
  { baseUrl = '', formatQuery: format = formatQuery }: ClientOptions,
  path: string,
  params: NonNullable<RequestParts['params']>,
  query: NonNullable<RequestParts['query']>,
): string {
  const text = query instanceof URLSearchParams ? query.toString() : format(query)
  const address = baseUrl.replace(/\/+$/, '') + fillPath(path, params)
  return text === '' ? address : `${address}?${text}`
}

/** The last one counts; undefined takes a field away. */
function mergeHeaders(...all: readonly (HeaderFields | undefined)[]): Headers {
  const merged = new Headers()
  for (const fields of all) {
    for (const [name, value] of entriesOf(fields)) {
      if (value === undefined) merged.delete(name)
      else merged.set(name, String(value))
    }
  }
  return merged
}

function entriesOf(fields: HeaderFields | undefined): Iterable<readonly [string, unknown]> {
  if (fields === undefined) return []
  return Symbol.iterator in fields ? (fields as Headers) : Object.entries(fields)
}
