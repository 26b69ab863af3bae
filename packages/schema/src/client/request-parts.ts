import type { ParamValue, SplatValue } from './path-params.js'

/** What can stand in a query: lists and objects as extended parsers read them; what is null or undefined is left out. */
export type QueryValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | undefined
  | readonly QueryValue[]
  | { readonly [key: string]: QueryValue }

export type HeaderValue = string | number | boolean

/** Fields, in any of the forms that are common; one that is undefined is not sent. */
export type HeaderFields =
  | Headers
  | readonly (readonly [string, string])[]
  | { readonly [name: string]: HeaderValue | undefined }

/** What a request is made of, as the runtime sees it. */
export interface RequestParts extends FetchOptions {
  readonly params?: { readonly [name: string]: ParamValue | SplatValue | undefined } | undefined
  readonly query?: URLSearchParams | { readonly [key: string]: QueryValue } | undefined
  readonly headers?: HeaderFields | undefined
  readonly body?: unknown
}

/** What `fetch` takes besides: `signal`, `credentials`, `cache`, `redirect`, … */
export interface FetchOptions extends Omit<RequestInit, 'method' | 'headers' | 'body'> {}

/** What a schema takes, where it stands in a path or a query: a schema that takes whatever comes is given what can be written. */
export type Written<T, Any = QueryValue> = unknown extends T
  ? Any
  : T extends Date | readonly unknown[]
    ? T
    : T extends object
      ? { [K in keyof T]: Written<T[K], Any> }
      : T

/** A member that is required only when something in it is. */
export type Part<Name extends string, T> = [keyof T] extends [never]
  ? { readonly [N in Name]?: undefined }
  : {} extends T
    ? { readonly [N in Name]?: T | undefined }
    : { readonly [N in Name]: T }

/** Fields are never required: the client's own `headers`, and its `fetch`, add some too. */
export interface HeadersPart<T> {
  readonly headers?:
    | (Partial<T> & { readonly [name: string]: HeaderValue | undefined })
    | Headers
    | readonly (readonly [string, string])[]
    | undefined
}
