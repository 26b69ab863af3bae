import type { ServerResponse } from 'node:http'
import type { SinkingRequest } from '../messages/body-sink.js'
import type { StreamState } from '../messages/stream-state.js'
import type { SettingsSource } from '../settings/configuration.js'

/** @internal What `req.query` was made from, so that it is made once. */
export const query = Symbol('nozomi.query')
/** @internal True while the client waits for `100 Continue` before it sends the body. */
export const awaitsContinue = Symbol('nozomi.awaitsContinue')
/** @internal True on messages that a class of ours constructed. */
export const constructed = Symbol('nozomi.constructed')

/** @internal What `req.signal` was made, on a node that brings none. */
export const abortSignal = Symbol('nozomi.abortSignal')

/** A `req.query` and what it was parsed from. `parser` is null when the value was assigned by the application. */
export interface QueryState {
  value: unknown
  url: string | undefined
  search: string | null
  parser: unknown
}

/** The request as its own members see it: node's message, and the fields that every one of ours has. */
export interface RequestState extends StreamState, SinkingRequest {
  app: SettingsSource
  originalUrl: string | undefined
  res: ServerResponse & { get(name: string): unknown }
  get(name: string): string | undefined
  readonly host: string | undefined
  readonly hostname: string | undefined
  readonly protocol: string
  readonly fresh: boolean
  [query]: QueryState | null
  [awaitsContinue]: boolean
  [abortSignal]: AbortSignal | null
}
