import type { ContractIn, MemberOr } from './known.js'
import type { OutputOf } from './schema.js'

/** One method of one path: what the typed client reads. */
export interface Endpoint<Path, Contract> {
  path: Path
  contract: Contract
}

/** The routes that an application or a router is known to have, by path and method. Types only. */
export interface Serves<Routes> {
  readonly '~routes'?: Routes
}

/** What middleware that `use()` was given adds to every route behind it. Types only. */
export interface Prepared<Adds> {
  readonly '~prepared'?: Adds
}

export type RoutesOf<App> = App extends { readonly '~routes'?: infer Routes } ? NonNullable<Routes> : unknown
export type PreparedOf<App> = App extends { readonly '~prepared'?: infer Adds } ? NonNullable<Adds> : unknown

/**
 * An application or router `T` with what was added to it: a route, or, where a router was among the handlers, the routes of
 * that one behind the path.
 *
 * Perf: `T` itself of any path, which is what the type checker asks for when it compares the applications of two frameworks,
 * overload by overload, as it does where a handler of the one is given to the other. With a new type for each overload, which has all of
 * those overloads again, it would not come to an end (7 million instantiations, or `TS2589`).
 */
export type WithRoute<T, Path extends string, Method, K> = unknown extends Path
  ? T
  : K extends { mounted: infer Routes }
    ? T & Serves<Prefixed<Path, NonNullable<Routes>>>
    : IsUse<Method> extends true
      ? T
      : T & Serves<{ [P in Path]: { [M in MethodName<Method>]: Endpoint<Path, ContractIn<K>> } }>

/** A router `T` with middleware for every path; `T` itself of a Route, and where nothing is known (Perf: as above). */
export type WithMiddleware<T, K> = unknown extends K
  ? T
  : T extends { route: unknown }
    ? K extends { mounted: infer Routes }
      ? T & Serves<NonNullable<Routes>>
      : T & Prepared<Behind<K>>
    : T

/** What of `K` those behind it find: routers give each layer the params as they came, and `req.valid` keeps the parsed ones. */
type Behind<K> =
  ContractIn<K> extends { readonly params: infer S }
    ? {
        contract: Omit<ContractIn<K>, 'params'>
        request: MemberOr<K, 'request', unknown> & { readonly valid: { params: OutputOf<S> } }
      }
    : K

/** Nozomi's types say of `use()` that it is no route. */
type IsUse<Method> = unknown extends Method ? false : Method extends 'use' ? true : false

/** Express's types say the method of those that are used most; of `app.get` they don't, and give `any`. */
type MethodName<Method> = unknown extends Method ? 'get' : Method & string

type Prefixed<Path extends string, Routes> = {
  [P in keyof Routes as JoinPaths<Path, P & string>]: Routes[P]
}

type JoinPaths<Base extends string, Path extends string> = Base extends `${infer Start}/`
  ? JoinPaths<Start, Path>
  : Path extends '/'
    ? Base extends ''
      ? '/'
      : Base
    : `${Base}${Path}`
