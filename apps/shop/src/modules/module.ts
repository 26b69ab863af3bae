import type { Server } from 'node:http'
import type { Resolver } from 'awilix'
import type { ApiRoutes } from '../http/api.js'
import type { RequestHandler } from '../http/framework.js'
import type { ProblemKinds } from '../http/problems/problem.js'
import type { Translate } from '../http/problems/problem-of.js'
import type { SiteRoutes } from '../http/shop-application.js'
import type { PlatformCradle } from '../platform/cradle.js'
import type { Fill, Storage } from '../platform/database/storage.js'
import type { HealthCheck } from '../platform/health/health-check.js'

/** Something that works beside the requests: a timer, a consumer, a socket server. */
export interface Worker {
  readonly name: string
  /** When the server listens. What speaks over its connections (a socket server) attaches itself here. */
  start(server: Server): Promise<void>
  /** When the shop begins to stop: ends what would never end by itself, such as event streams and sockets. */
  drain?(): Promise<void>
  /** After the last request was answered, and before the storage is closed. Waits for what is under way. */
  stop(): Promise<void>
}

/** How each of a module's names is made. */
export type Registrations<Own extends object> = { readonly [Name in keyof Own]: Resolver<Own[Name]> }

/** What a module gets to know of the configuration: its own section, by its own type. */
export interface Configured<Sections extends object> {
  readonly configuration: Sections
}

/**
 * A part of the shop: what it adds to the whole. `Own` are the names that it puts into the container, `Needs` those
 * of others that it uses beside the platform's: its configuration, and services of other modules. It says their types
 * itself, so that no module has to know the whole container; start/modules.ts checks that all needs are met.
 *
 * Routes and workers are made once, when the shop is composed. What shall have one life a request is registered as
 * `scoped()` and taken with `fromScope` (http/request-context.ts).
 */
export interface ShopModule<Own extends object, Needs extends object = object> {
  readonly name: string
  /** Never set: carries the types. */
  readonly types?: { readonly own: Own; readonly needs: Needs }
  register(storage: Storage): Registrations<Own>
  /** Lays in what a new storage shall hold. */
  fill?(configured: Pick<Needs, keyof Needs & 'configuration'>): Fill
  /** For every request, also those that are refused at the door: what watches, and changes nothing. */
  observers?(cradle: PlatformCradle & Own & Needs): readonly RequestHandler[]
  /** For every request, before the routes of any module. */
  middleware?(cradle: PlatformCradle & Own & Needs): readonly RequestHandler[]
  api?(cradle: PlatformCradle & Own & Needs): readonly ApiRoutes[]
  site?(cradle: PlatformCradle & Own & Needs): readonly SiteRoutes[]
  readonly problems?: ProblemKinds
  readonly problemOf?: Translate
  healthChecks?(cradle: PlatformCradle & Own & Needs): readonly HealthCheck[]
  workers?(cradle: PlatformCradle & Own & Needs): readonly Worker[]
}

/** A module, whichever it is. */
export type AnyModule = ShopModule<object, object>
