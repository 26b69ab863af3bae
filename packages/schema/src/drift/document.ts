import type { JsonSchema } from '../types/json-schema.js'

/** An OpenAPI 3.1 document, as far as it must be one to be taken. What is inside is read with care. */
export interface ApiDocument {
  readonly openapi: string
  readonly paths?: object
  readonly components?: object
  readonly servers?: readonly { readonly url: string }[]
}

/** A part of the document, and where it stands there: `#/paths/~1users/get`. */
export interface Located<T> {
  readonly value: T
  readonly pointer: string
}

export type LocatedSchema = Located<JsonSchema | boolean>

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie'

/** One parameter of an operation, its references followed and its defaults filled in. */
export interface DescribedParameter {
  readonly name: string
  readonly in: ParameterPlace
  readonly required: boolean
  readonly schema: LocatedSchema | null
  readonly style: string
  readonly explode: boolean
  /** Whether its text is JSON: a parameter with `content`. */
  readonly isJson: boolean
  readonly examples: readonly unknown[]
}

/** A body of one media type, or of a range of them. */
export interface DescribedContent {
  readonly mediaType: string
  readonly schema: LocatedSchema | null
  readonly examples: readonly unknown[]
}

export interface DescribedBody {
  readonly required: boolean
  readonly content: readonly DescribedContent[]
}

export interface DescribedHeader {
  readonly name: string
  readonly required: boolean
  readonly schema: LocatedSchema | null
}

export interface DescribedResponse {
  readonly content: readonly DescribedContent[]
  readonly headers: readonly DescribedHeader[]
}

/** One method of one path of the document. */
export interface DescribedOperation {
  /** In upper case. */
  readonly method: string
  /** As in the document: `/users/{id}`. */
  readonly path: string
  readonly operationId: string | null
  readonly tags: readonly string[]
  readonly parameters: readonly DescribedParameter[]
  readonly body: DescribedBody | null
  /** By status, range (`4XX`) or `default`. */
  readonly responses: ReadonlyMap<string, DescribedResponse>
}

/** `GET /users/{id}`: how an operation is called in findings. */
export function nameOfOperation({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`
}
