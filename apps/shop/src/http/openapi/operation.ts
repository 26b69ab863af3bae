import type { z } from 'zod'
import type { ProblemKind } from '../problems/problem.js'
import type { Extent } from '../representations/formats.js'

export type Method = 'delete' | 'get' | 'patch' | 'post' | 'put'

/** One route of a module, as the OpenAPI document tells of it. Its schemas are those that the route itself uses. */
export interface OperationDescription {
  readonly method: Method
  /** Below the path of the routes, with parameters as OpenAPI writes them: `/{id}`; `/` for the path itself. */
  readonly path: `/${string}`
  /** Unique among all; what generated clients call it: `createProduct`. The version is added to it. */
  readonly id: string
  readonly summary: string
  readonly description?: string
  /** Under which heading it stands: `products`. */
  readonly tag: string
  readonly parameters?: Parameters
  readonly body?: BodyDescription
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerDescription>>
  /** What may go wrong, beside what follows of what the operation is (problem-responses.ts). */
  readonly errors?: readonly ProblemKind[]
  /** Who may; everybody, without being asked, when it is left out. */
  readonly security?: Security
}

/**
 * `user`: who has signed in, by a token or a session. `user-or-guest`: a guest who brings nothing, and a user as that
 * user. `token`, `session`, `refresh`: only who brings that; `if-any`: it ends, when there is one.
 */
export type Security =
  | 'user'
  | 'user-or-guest'
  | 'token'
  | 'session'
  | 'session-if-any'
  | 'refresh'
  | 'refresh-if-any'
  | { readonly permission: string }

/** Objects whose fields are the parameters. */
export interface Parameters {
  readonly path?: z.ZodType
  readonly query?: z.ZodType
  readonly header?: z.ZodType
}

export interface BodyDescription {
  /** When it takes `undefined`, the body may be left out. */
  readonly schema: z.ZodType
  /** Default: JSON. */
  readonly types?: readonly string[]
}

export interface AnswerDescription {
  readonly description: string
  readonly schema?: z.ZodType
  /** It is shown by `show`: in each notation that there is for one, or for a list. */
  readonly shown?: Extent
  /** Default: JSON, when there is a schema. */
  readonly types?: readonly string[]
  /** It is sent while it is made, so it has no entity tag. */
  readonly streamed?: true
  /** Fields of the response, by name, and what each says. */
  readonly headers?: Readonly<Record<string, string>>
}
