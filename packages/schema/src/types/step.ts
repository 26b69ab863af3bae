import type { Contract } from './contract.js'
import type { ValidateOptions } from './options.js'

/** What a handler carries of its contract; of what it adds to the types there is nothing at run time. */
export interface Attached<Adds = unknown> {
  readonly contract: Contract
  readonly options: ValidateOptions
  /** Types only. */
  readonly adds?: Adds
}

/**
 * A handler that says what those after it may rely on: what `validate()` and `createMiddleware()` return. It is a handler of
 * Express like any other; routes read `~contract` off it, for the types and for the document.
 */
export interface Step<Adds = unknown> {
  (req: any, res: any, next: (err?: any) => void): unknown
  readonly '~contract': Attached<Adds>
}

/**
 * What a handler, a router, or a list of them adds; `unknown` of one that says nothing.
 *
 * Perf: it asks which members there are. To compare with a `Step`, signature and all, took the type checker three times as long, and this
 * type was the dearest of a route.
 */
export type AddsOf<H> = '~contract' extends keyof H
  ? AddsIn<H['~contract']>
  : number extends keyof H
    ? AddsOfList<H>
    : '~routes' extends keyof H
      ? { mounted: H['~routes'] }
      : unknown

type AddsIn<A> = A extends Attached<infer Adds> ? Adds : unknown

type AddsOfList<H> = H extends readonly [infer First, ...infer Rest]
  ? AddsOf<First> & AddsOf<Rest>
  : H extends readonly (infer One)[]
    ? AddsOfEach<One>
    : unknown

/** Of a list whose length is not known: each of its steps has run. */
type AddsOfEach<One> = (One extends Step<infer Adds> ? (adds: Adds) => void : never) extends (
  adds: infer All,
) => void
  ? All
  : unknown
