import type { AnyApplication, StackLayer } from './stack.js'

/*
 * What an application publishes while it serves, on `node:diagnostics_channel`. Nozomi does so itself; for stock Express
 * `hosts/` does it in its place, so that all else in this package asks for nothing but these.
 *
 *     nozomi.request.start, nozomi.request.finish, nozomi.request.abort     RequestEvent
 *     tracing:nozomi.layer:start, :end, :asyncStart, :asyncEnd, :error      LayerEvent, one object for a run
 *     nozomi.layer.next                                                     NextEvent
 *     nozomi.listen                                                         ListenEvent
 */

/** A request came to the application that was asked first; it was answered; or it went away before it was. */
export interface RequestEvent {
  readonly app: AnyApplication
  readonly req: ObservedRequest
  readonly res: ObservedResponse
}

/** A handler that runs, from before it is called until it has returned, and its promise has settled. */
export interface LayerEvent {
  readonly req: ObservedRequest
  readonly res: ObservedResponse
  readonly layer: StackLayer
  /** The function that runs. */
  readonly handler: (...args: never[]) => unknown
  /** The pattern that matched in this router. */
  readonly route?: unknown
  /** The name of the parameter, for a callback of `param()`. */
  readonly param?: string
  readonly errorHandler?: true
  /** What an error handler was called with. */
  readonly incomingError?: unknown
  /** What it threw, rejected with, or gave to `next`. */
  error?: unknown
  result?: unknown
}

/** A handler called `next`; also when it had done so before, and when the request was answered. */
export interface NextEvent {
  readonly run: LayerEvent
  readonly error: unknown
  /** How often this run has called it: 1 for the first time. */
  readonly count: number
}

export interface ListenEvent {
  readonly app: AnyApplication
  readonly server: unknown
}

/** What is read of a request; all of it is node's or Express's public API. */
export interface ObservedRequest {
  method?: string | undefined
  url?: string | undefined
  originalUrl?: string | undefined
  baseUrl?: string | undefined
  headers: Record<string, string | string[] | undefined>
  rawHeaders?: string[]
  socket?: unknown
  httpVersion?: string
}

export interface ObservedResponse {
  statusCode: number
  headersSent: boolean
  writableEnded: boolean
  getHeaders(): Record<string, number | string | string[] | undefined>
}
