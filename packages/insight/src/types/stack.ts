/*
 * The public members of a stack, as Nozomi and stock Express 5 both have them. Tools wrap, splice and fake layers:
 * whoever reads one must take any member to be absent, or something else than it says here.
 */

/** A handler of any kind: `(req, res, next)`, `(err, req, res, next)`, a router, an application. */
export type AnyHandler = (...args: never[]) => unknown

/** One entry of `app.router.stack`. */
export interface StackLayer {
  handle?: AnyHandler
  name?: string
  route?: StackRoute | undefined
  /** The verb in lower case, of a layer inside a Route; absent for `all()`. */
  method?: string | undefined
  /** Nozomi, and Express from 5.3 on: the path as it was registered. */
  rawPath?: unknown
  /** True for `use()` without a path. */
  slash?: boolean
  /** The names of parameters; in Express 5 of the last match only. */
  keys?: readonly unknown[]
  params?: Record<string, unknown> | undefined
  path?: string | undefined
  match?(path: string): unknown
}

/** A Route: one path, and its handlers by method. */
export interface StackRoute {
  path?: unknown
  stack?: StackLayer[]
  methods?: Record<string, boolean>
}

/** A Router or an application's router: a function with a stack. */
export interface StackRouter {
  stack?: StackLayer[]
  caseSensitive?: boolean | undefined
  strict?: boolean | undefined
  mergeParams?: boolean | undefined
}

/** An application of Nozomi or of Express 5. */
export interface AnyApplication {
  (req: never, res: never, next?: never): unknown
  readonly router?: StackRouter
  readonly mountpath?: unknown
  readonly parent?: unknown
  get?(setting: string): unknown
  enabled?(setting: string): boolean
  settings?: Record<string, unknown>
}
