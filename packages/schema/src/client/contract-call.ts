import type { BodyByType, Contract, FileRules, ResponseContract } from '../types/contract.js'
import type { InputOf, OutputOf, Schema } from '../types/schema.js'
import type { Jsonified } from './jsonified.js'
import type { ReceivedAs, SentAs } from './media-content.js'
import type { ParamValue, PathParams, SplatValue } from './path-params.js'
import type { HeadersPart, Part, QueryValue, Written } from './request-parts.js'

/*
 * Calls of the routes of an application, typed by their contracts: what a schema takes is sent, what comes out of one, as JSON, is
 * received.
 */

/** What a call of a route takes, by its path, its contract and its method. */
export type ContractRequest<Path, C, Method> = Part<'params', ParamsOf<Path, Member<C, 'params'>>> &
  Part<'query', QueryOf<Member<C, 'query'>>> &
  HeadersPart<HeadersOf<Member<C, 'headers'>>> &
  BodyPart<C, Method>

/** What a route answers, by status. */
export type DataOfContract<C> =
  Member<C, 'response'> extends infer R
    ? [R] extends [never]
      ? {}
      : { [Status in keyof R]: DataOf<R[Status]> }
    : {}

/** A part of a contract; never where it has none. */
type Member<C, Name extends keyof Contract> = C extends { readonly [N in Name]: infer Value } ? Value : never

type ParamsOf<Path, S> = [S] extends [never] ? PathParams<Path> : ParamsBySchema<PathParams<Path>, InputOf<S>>

type ParamsBySchema<Params, Input> = {
  [Name in keyof Params]: Name extends keyof Input
    ? Written<Input[Name], ParamValue | SplatValue>
    : Params[Name]
}

type QueryOf<S> = [S] extends [never] ? { readonly [key: string]: QueryValue } : Written<InputOf<S>>

type HeadersOf<S> = [S] extends [never]
  ? {}
  : { [Name in keyof InputOf<S>]: Written<InputOf<S>[Name], string> }

type BodyPart<C, Method> = Method extends 'get' | 'head'
  ? { readonly body?: undefined }
  : [Member<C, 'files'>] extends [never]
    ? BodyOf<Member<C, 'body'>>
    : Member<C, 'files'> extends FileRules
      ? { readonly body: FormData }
      : { readonly body?: unknown }

type BodyOf<B> = [B] extends [never]
  ? { readonly body?: unknown }
  : [B] extends [null]
    ? { readonly body?: undefined }
    : B extends Schema
      ? OptionalBody<InputOf<B>>
      : B extends BodyByType
        ? { readonly body: { [MediaType in keyof B]: SentAs<MediaType, InputOf<B[MediaType]>> }[keyof B] }
        : { readonly body?: unknown }

type OptionalBody<T> = undefined extends T ? { readonly body?: T } : { readonly body: T }

type DataOf<D> = D extends Schema
  ? Jsonified<OutputOf<D>>
  : D extends ResponseContract
    ? DataOfResponse<D>
    : undefined

type DataOfResponse<D> = D extends { readonly schema: infer S extends Schema }
  ? ReceivedAs<MediaTypeOf<D, 'application/json'>, OutputOf<S>>
  : D extends { readonly content: infer Content }
    ? { [MediaType in keyof Content]: ReceivedAs<MediaType, DataOfSchema<Content[MediaType]>> }[keyof Content]
    : D extends { readonly contentType: infer MediaType }
      ? ReceivedAs<MediaType, unknown>
      : undefined

type DataOfSchema<S> = S extends Schema ? OutputOf<S> : unknown

type MediaTypeOf<D, Default> = D extends { readonly contentType: infer MediaType } ? MediaType : Default
