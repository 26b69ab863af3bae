/**
 * How routers come to know contracts: overloads that are tried before the framework's own, one for each number of handlers up to
 * six, and that fail when no handler carries a contract. Express's routers get them by merged declarations; Nozomi's have a
 * place for them (`TypedRouterMatcher`, `TypedRouterHandler`).
 *
 * The type parameters have no defaults, so that calls with explicit type arguments are the framework's. Perf: an overload for each
 * number, since the type checker leaves out those with another number of parameters before it infers anything.
 */
import type { ExpressTypes, FrameworkOr, IfTyped, StepAfter } from './chain.js'
import type { PreparedOf, WithMiddleware, WithRoute } from './served.js'
import type { AddsOf } from './step.js'

declare module 'express-serve-static-core' {
  /** `router.get(path, ...handlers)` of Nozomi, where a handler carries a contract. */
  interface TypedRouterMatcher<T, Method, Framework> {
    <Path extends string, H1 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T>>>(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1>>,
      h1: H1,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1>>
    <
      Path extends string,
      H1 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1>>,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      h1: H1,
      h2: H2,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>
    <
      Path extends string,
      H1 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>,
      h1: H1,
      h2: H2,
      h3: H3,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>
    <
      Path extends string,
      H1 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        FrameworkOr<Framework>,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>,
      h1: H1,
      h2: H2,
      h3: H3,
      h4: H4,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>
    <
      Path extends string,
      H1 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        FrameworkOr<Framework>,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
      H5 extends StepAfter<
        FrameworkOr<Framework>,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>>,
      h1: H1,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
    ): WithRoute<
      T,
      Path,
      Method,
      PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>
    >
    <
      Path extends string,
      H1 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        FrameworkOr<Framework>,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
      H5 extends StepAfter<
        FrameworkOr<Framework>,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
      H6 extends StepAfter<
        FrameworkOr<Framework>,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>
      >,
    >(
      path: Path &
        IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>>,
      h1: H1,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
      h6: H6,
    ): WithRoute<
      T,
      Path,
      Method,
      PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>
    >
  }

  /** `route.get(...handlers)` and `use(...handlers)` of Nozomi, where a handler carries a contract. */
  interface TypedRouterHandler<T, Route extends string | RegExp, Framework> {
    <H1 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T>>>(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1>>,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1>>
    <
      H1 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1>>,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      h2: H2,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>
    <
      H1 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>,
      h2: H2,
      h3: H3,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>
    <
      H1 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        FrameworkOr<Framework>,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>,
      h2: H2,
      h3: H3,
      h4: H4,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>
    <
      H1 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        FrameworkOr<Framework>,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
      H5 extends StepAfter<
        FrameworkOr<Framework>,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>>,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>>
    <
      H1 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<FrameworkOr<Framework>, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        FrameworkOr<Framework>,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
      H5 extends StepAfter<
        FrameworkOr<Framework>,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
      H6 extends StepAfter<
        FrameworkOr<Framework>,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>
      >,
    >(
      h1: H1 &
        IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>>,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
      h6: H6,
    ): WithMiddleware<
      T,
      PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>
    >
  }

  interface IRouterMatcher<
    T,
    Method extends 'all' | 'get' | 'post' | 'put' | 'delete' | 'patch' | 'options' | 'head' | 'query' = any,
  > {
    <Path extends string, H1 extends StepAfter<ExpressTypes, Path, PreparedOf<T>>>(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1>>,
      h1: H1,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1>>
    <
      Path extends string,
      H1 extends StepAfter<ExpressTypes, Path, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1>>,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      h1: H1,
      h2: H2,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>
    <
      Path extends string,
      H1 extends StepAfter<ExpressTypes, Path, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>,
      h1: H1,
      h2: H2,
      h3: H3,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>
    <
      Path extends string,
      H1 extends StepAfter<ExpressTypes, Path, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>,
      h1: H1,
      h2: H2,
      h3: H3,
      h4: H4,
    ): WithRoute<T, Path, Method, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>
    <
      Path extends string,
      H1 extends StepAfter<ExpressTypes, Path, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>,
      H5 extends StepAfter<
        ExpressTypes,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
    >(
      path: Path & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>>,
      h1: H1,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
    ): WithRoute<
      T,
      Path,
      Method,
      PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>
    >
    <
      Path extends string,
      H1 extends StepAfter<ExpressTypes, Path, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<ExpressTypes, Path, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>,
      H5 extends StepAfter<
        ExpressTypes,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
      H6 extends StepAfter<
        ExpressTypes,
        Path,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>
      >,
    >(
      path: Path &
        IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>>,
      h1: H1,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
      h6: H6,
    ): WithRoute<
      T,
      Path,
      Method,
      PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>
    >
  }

  interface IRouterHandler<T, Route extends string | RegExp = string> {
    <H1 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T>>>(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1>>,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1>>
    <
      H1 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1>>,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      h2: H2,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>
    <
      H1 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>,
      h2: H2,
      h3: H3,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>>
    <
      H1 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        ExpressTypes,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>,
      h2: H2,
      h3: H3,
      h4: H4,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>>
    <
      H1 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        ExpressTypes,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
      H5 extends StepAfter<
        ExpressTypes,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
    >(
      h1: H1 & IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>>,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
    ): WithMiddleware<T, PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>>
    <
      H1 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T>>,
      H2 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1>>,
      H3 extends StepAfter<ExpressTypes, Route & string, PreparedOf<T> & AddsOf<H1> & AddsOf<H2>>,
      H4 extends StepAfter<
        ExpressTypes,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3>
      >,
      H5 extends StepAfter<
        ExpressTypes,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4>
      >,
      H6 extends StepAfter<
        ExpressTypes,
        Route & string,
        PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5>
      >,
    >(
      h1: H1 &
        IfTyped<PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>>,
      h2: H2,
      h3: H3,
      h4: H4,
      h5: H5,
      h6: H6,
    ): WithMiddleware<
      T,
      PreparedOf<T> & AddsOf<H1> & AddsOf<H2> & AddsOf<H3> & AddsOf<H4> & AddsOf<H5> & AddsOf<H6>
    >
  }
}
