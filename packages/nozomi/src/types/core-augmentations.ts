/**
 * What packages and applications add to the types of stock Express by `declare module 'express-serve-static-core'`, and
 * nothing else of those types: csrf-csrf adds `req.csrfToken`, many an application `req.correlationId`.
 *
 * That is why `@types/express-serve-static-core` is a dependency. It is one of types only: nothing of it is loaded when
 * a program runs. Where a project has another copy of it, what is added to that copy stays there.
 */

import type {
  Application as CoreApplication,
  IRouter as CoreRouter,
  Request as CoreRequest,
  Response as CoreResponse,
} from 'express-serve-static-core'
import type { Added, AddedKeys } from './added.js'
import type { ApplicationMembers } from './application-members.js'
import type { RequestMembers } from './request-members.js'
import type { ResponseMembers } from './response-members.js'

type RequestKeys = AddedKeys<CoreRequest, keyof RequestMembers<any, any, any> | 'app' | 'res' | 'next'>
type ResponseKeys = AddedKeys<CoreResponse, keyof ResponseMembers<any, any, any> | 'app' | 'req' | 'format'>
type ApplicationKeys = AddedKeys<CoreApplication, keyof ApplicationMembers<any> | keyof CoreRouter | 'router'>

/**
 * Added to every `req`. The type parameters are handed on, for additions that return `this`: with the defaults, a
 * request of ours would not be assignable to one of theirs with the same parameters.
 */
export type AddedToRequest<P, ResBody, ReqBody, ReqQuery, LocalsObj extends Record<string, any>> = Added<
  CoreRequest<P, ResBody, ReqBody, ReqQuery, LocalsObj>,
  RequestKeys
>

/** Added to every `res`. */
export type AddedToResponse<
  ResBody,
  LocalsObj extends Record<string, any>,
  StatusCode extends number,
> = Added<CoreResponse<ResBody, LocalsObj, StatusCode>, ResponseKeys>

/** Added to every `app`. What is added to routers isn't. */
export type AddedToApplication<LocalsObj extends Record<string, any>> = Added<
  CoreApplication<LocalsObj>,
  ApplicationKeys
>

declare module 'express-serve-static-core' {
  /**
   * What packages add in front of the overloads of `router.get(path, ...handlers)` and the like, for handlers that say what
   * those after them may rely on. It is a place of its own, since merged overloads of `IRouterMatcher` are of Express's routers alone.
   *
   * @typeParam T what the method returns
   * @typeParam Method its name
   * @typeParam Framework `params`, made from `this['path']`, and what requests and responses of the framework have more
   */
  interface TypedRouterMatcher<T, Method, Framework> {}

  /** The same for `route.get(...handlers)`, and for `use()` without a path. */
  interface TypedRouterHandler<T, Route extends string | RegExp, Framework> {}
}

export type { TypedRouterHandler, TypedRouterMatcher } from 'express-serve-static-core'
