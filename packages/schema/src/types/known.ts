import type { BodyByType, Contract, FileRule, FileRules, UploadedFile } from './contract.js'
import type { OutputOf, Schema } from './schema.js'

/** What a handler adds to what those after it know of the request, and to what they may answer. */
export interface Knowledge {
  /** What was validated. Of several contracts, all. */
  contract?: Contract
  /** Members of `req`, such as `{ user: User }`. */
  request?: object
}

/** What `validate(contract)` adds. */
export interface KnowledgeOf<C extends Contract> {
  contract: C
}

/** The contract in what is known; `{}` where there is none. */
export type ContractIn<K> = K extends { contract: infer C } ? C : {}

/** The parts of a request that a contract names, as its schemas give them. */
export type PartsOf<C> = {
  [Name in keyof C as Name extends 'params' | 'query' | 'headers' | 'cookies' | 'body' | 'files'
    ? Name
    : never]: Name extends 'body'
    ? BodyOf<C[Name]>
    : Name extends 'files'
      ? FilesOf<C[Name]>
      : OutputOf<C[Name]>
}

/**
 * What a body is after its schema, or after any of those by media type; undefined where none is wanted. Invariant: as of `OutputOf`.
 */
export type BodyOf<B> = B extends { _zod: { output: any } } ? B['_zod']['output'] : BodyOfOther<B>

type BodyOfOther<B> = B extends Schema
  ? OutputOf<B>
  : B extends BodyByType
    ? OutputOf<B[keyof B]>
    : B extends null
      ? undefined
      : never

type FilesOf<R> = R extends FileRules ? { [Field in keyof R]: FilesOfField<R[Field]> } : never

type FilesOfField<R extends FileRule> = R extends { readonly maxCount: number }
  ? UploadedFile[]
  : R extends { readonly required: false }
    ? UploadedFile | undefined
    : UploadedFile

/** One member, or something else where there is none. */
export type MemberOr<T, Name extends PropertyKey, Otherwise> = T extends { readonly [N in Name]: infer V }
  ? V
  : Otherwise
