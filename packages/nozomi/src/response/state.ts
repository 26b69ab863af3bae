import type { ServerResponse } from 'node:http'
import type { Next } from '../routing/messages.js'
import type { RequestState } from '../request/state.js'
import type { SettingsSource } from '../settings/configuration.js'

/** @internal The object behind `res.locals`, made when it is first asked for. */
export const locals = Symbol('nozomi.locals')

export interface ResponseApplication extends SettingsSource {
  render(view: string, options: object, callback: RenderCallback): void
}

export type RenderCallback = (error: Error | null, text?: string) => void

/** The response as its own members see it. */
export interface ResponseState extends ServerResponse {
  app: ResponseApplication
  req: RequestState & {
    next: Next
    secret?: string
    query: Record<string, unknown>
    app: ResponseApplication
  } & {
    accepts(types: string[]): string | false
  }
  [locals]: object | null | undefined
  locals: object
  get(name: string): number | string | string[] | undefined
  set(name: string, value: unknown): this
  set(fields: object): this
  type(type: string): this
  status(code: number): this
  vary(field: string | string[]): this
  send(body?: unknown): this
  json(value: unknown): this
  append(name: string, value: unknown): this
  cookie(name: string, value: unknown, options: object): this
  location(url: string): this
  format(formats: object): this
  sendFile(path: string, options: object, callback?: (error?: Error) => void): void
}
