import type { Endpoint } from '../types/served.js'
import type { Answer, Answers } from './answer.js'
import type { ContractRequest, DataOfContract } from './contract-call.js'
import type { DataOfOperation, OperationRequest } from './operation-call.js'
import type { FetchOptions, RequestParts } from './request-parts.js'

/** The methods that a client has, in lower case, as routers have them. */
export type ClientMethod = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options' | 'query'

/**
 * A client of an application (`Client<typeof app>`), or of what openapi-typescript makes of a document (`Client<paths>`): a function for
 * each method, whose paths, requests and answers are those that are declared.
 */
export type Client<Source> = {
  readonly [Method in ClientMethod]: ClientCall<Calls<RoutesIn<Source>, Method>>
}

/** `client.get('/users/:id', { params: { id: 7 } })`. The second argument may be left out when nothing in it is required. */
export type ClientCall<Table> = <Path extends string>(
  path: Path extends keyof Table ? Path : KnownIn<Table>,
  ...request: ArgumentsAt<Table, Path>
) => Promise<AnswersAt<Table, Path>>

/** What the compiler names where it would name `never`. */
type KnownIn<Table> = [keyof Table] extends [never]
  ? NoRoutes<'the type knows no route with this method: write routes in one chain, each with a contract'>
  : keyof Table

declare const why: unique symbol

/** A path that nothing can be given for, and why. */
export interface NoRoutes<Why extends string> {
  readonly [why]: Why
}

type ArgumentsAt<Table, Path> = Path extends keyof Table
  ? Table[Path] extends { request: infer Request extends readonly unknown[] }
    ? Request
    : never
  : [request?: RequestParts]

/** Editors show its name: `Answers<{ 201: User; 404: Problem }>`. */
type AnswersAt<Table, Path> = Path extends keyof Table
  ? Table[Path] extends { declared: infer Declared }
    ? Answers<Declared>
    : never
  : Answer

/** All calls of one method, by path. A table: each is worked out once, when it is used. */
type Calls<Routes, Method> = {
  [Path in keyof Takers<Routes, Method>]: Call<Path, At<Routes, Path, Method>, Method>
}

/** Perf: apart from the table, which would be asked in the slow way of mapped types that name their keys anew. */
type Takers<Routes, Method> = {
  [Path in keyof Routes & string as [At<Routes, Path, Method>] extends [never] ? never : Path]: true
}

interface Call<Path, Target, Method> {
  request: Arguments<RequestOf<Path, Target, Method>>
  declared: Method extends 'head' ? WithoutBody<DeclaredBy<Target>> : DeclaredBy<Target>
}

/** By path and method: of an application what its type knows, else what is there. */
type RoutesIn<Source> = '~routes' extends keyof Source
  ? NonNullable<Source['~routes']>
  : Source extends (...args: never[]) => unknown
    ? {}
    : Source

/** What stands at a path for a method; `all` stands for each, and `get` for HEAD. */
type At<Routes, Path, Method> = Path extends keyof Routes
  ? [MethodAt<Routes[Path], Method>] extends [never]
    ? [Method extends 'head' ? MethodAt<Routes[Path], 'get'> : never] extends [never]
      ? MethodAt<Routes[Path], 'all'>
      : MethodAt<Routes[Path], 'get'>
    : MethodAt<Routes[Path], Method>
  : never

type MethodAt<Item, Method> = Method extends keyof Item ? NonNullable<Item[Method]> : never

type RequestOf<Path, Target, Method> = (Target extends Endpoint<unknown, infer C>
  ? ContractRequest<Path, C, Method>
  : OperationRequest<Target, Method>) &
  FetchOptions

type DeclaredBy<Target> =
  Target extends Endpoint<unknown, infer C> ? DataOfContract<C> : DataOfOperation<Target>

type WithoutBody<Declared> = { [Status in keyof Declared | 'default']: undefined }

type Arguments<Request> = {} extends Request ? [request?: Request] : [request: Request]
