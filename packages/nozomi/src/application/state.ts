import type { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import type { RequestState } from '../request/state.js'
import type { ResponseApplication, ResponseState } from '../response/state.js'
import type { Next, ParamHandle, Path } from '../routing/messages.js'
import type { Route } from '../routing/route.js'
import type { Router } from '../routing/router.js'
import type { MessageClasses } from '../server/node.js'
import type { configuration, Configuration } from '../settings/configuration.js'
import type { Engine } from '../views/view.js'

/** @internal The classes of the application's messages. */
export const messageClasses = Symbol('nozomi.messageClasses')
/** @internal The applications mounted on this one, whose settings are inherited from it. */
export const mounted = Symbol('nozomi.mounted')

/** The application as its own members see it. */
export interface ApplicationState extends EventEmitter, ResponseApplication {
  (req: RequestState, res: ResponseState, next?: Next): void
  readonly router: Router
  settings: Record<string, unknown>
  locals: Record<string, unknown>
  engines: Record<string, Engine>
  cache: Record<string, unknown>
  mountpath: Path
  parent: ApplicationState | undefined
  request: RequestState
  response: ResponseState
  init(): void
  defaultConfiguration(): void
  handle(req: RequestState, res: ResponseState, done?: Next): void
  use(...args: unknown[]): this
  route(path: Path): Route
  param(name: string | string[], handle: ParamHandle): this
  set(setting: string, value?: unknown): unknown
  get(setting: string): unknown
  enable(setting: string): this
  disable(setting: string): this
  enabled(setting: string): boolean
  path(): string
  listen(...args: unknown[]): Server
  [configuration]: Configuration | null | undefined
  [messageClasses]: MessageClasses
  [mounted]: Set<WeakRef<ApplicationState>> | undefined
}
