import type { Contract } from '@nozomi/schema'
import type { z } from 'zod'
import type { ProblemKind } from '../problems/problem.js'
import type { Extent } from '../representations/formats.js'
import type { ApiVersion } from '../versions/api-version.js'
import type { Security } from './security.js'

export type Method = 'delete' | 'get' | 'patch' | 'post' | 'put'

/** What a route takes and answers, wherever it stands. */
export interface RouteDescription extends Pick<Contract, 'params' | 'query'> {
  /** By name, each made by `cookieText`: what is in a cookie makes no request fail. */
  readonly cookies?: z.ZodObject
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerDescription>>
}

/** What handlers know of a route by its description. */
export type ContractOf<D extends RouteDescription> = Pick<
  D,
  keyof D & ('params' | 'query' | 'headers' | 'cookies' | 'body' | 'files')
> & { readonly response: D['answers'] }

/** One route of a module: what it takes, what it answers, and what the OpenAPI document says of it. */
export interface OperationDescription extends RouteDescription, Pick<Contract, 'body' | 'files'> {
  readonly method: Method
  /** Unique among all; what generated clients call it: `createProduct`. The version is added to it. */
  readonly id: string
  readonly summary: string
  readonly description?: string
  /** Under which heading it stands: `products`. */
  readonly tag: string
  /** By their names in small letters. */
  readonly headers?: z.ZodObject
  /** What may go wrong, beside what follows of what the operation is (problems-of.ts). */
  readonly errors?: readonly ProblemKind[]
  /** Who may; everybody, without being asked, when it is left out. */
  readonly security?: Security
  /** It stands beside the versions of the API: none can be asked for. */
  readonly unversioned?: true
}

/** What is answered with a status. */
export interface AnswerDescription {
  readonly description: string
  /** Of what is given to `res.json()`. None: there is no body, or, with `types`, one of bytes. */
  readonly schema?: z.ZodType
  /** It is shown by `show`: in each notation that there is for one, or for a list. */
  readonly shown?: Extent
  /** The versions of the API whose media types name these notations. Default: all. */
  readonly versions?: readonly ApiVersion[]
  /** Default: JSON, when there is a schema. */
  readonly types?: readonly MediaType[]
  /** It is sent while it is made, so it has no entity tag. */
  readonly streamed?: true
  /** Fields of the response, by name, and what each says. */
  readonly headers?: Readonly<Record<string, string>>
}

export type MediaType = `${string}/${string}`
