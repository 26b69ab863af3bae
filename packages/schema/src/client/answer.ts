import type { OtherStatus, StatusClasses, SuccessStatus } from './status.js'

/** What a server answered. `status` and `ok` tell which of the answers it is, and so what `data` is. */
export interface Answer<Status extends number = number, Data = unknown, Ok extends boolean = boolean> {
  /** Whether the status is 2xx. */
  readonly ok: Ok
  readonly status: Status
  /**
   * The body: what JSON said, also as `application/problem+json`; a string of `text/*`; the stream of `text/event-stream`; else a Blob.
   * Undefined when there was none. What says that it is JSON and is none is a string.
   */
  readonly data: Data
  readonly headers: Headers
  /** As `fetch` gave it; its body is used up. */
  readonly response: Response
}

/**
 * The answers that there may be, from what is declared by status: `{ 200: User, '4XX': Problem, default: Failure }`. Servers and
 * proxies answer what nobody declared, too: `unknown`. Where a success is declared, no other success is expected.
 */
export type Answers<Declared> = Exact<Declared> | Ranges<Declared> | Undeclared<Declared>

type Exact<Declared> = {
  [Status in keyof Declared]: Status extends number
    ? Answer<Status, Declared[Status], Status extends SuccessStatus ? true : false>
    : never
}[keyof Declared]

type Ranges<Declared> = {
  [Range in keyof Declared]: Range extends keyof StatusClasses
    ? One<Exclude<StatusClasses[Range], keyof Declared>, Declared[Range], Range extends '2XX' ? true : false>
    : never
}[keyof Declared]

type Undeclared<Declared> =
  | One<Exclude<OtherStatus, Covered<keyof Declared>>, Rest<Declared>, false>
  | ([Extract<Covered<keyof Declared>, SuccessStatus>] extends [never]
      ? One<SuccessStatus, Rest<Declared>, true>
      : never)

/** Perf: of the keys alone, so that it is worked out once for all routes that declare the same ones. */
type Covered<Keys> = Extract<Keys, number> | StatusClasses[Extract<Keys, keyof StatusClasses>]

type Rest<Declared> = Declared extends { readonly default: infer Data } ? Data : unknown

type One<Status extends number, Data, Ok extends boolean> = [Status] extends [never]
  ? never
  : Answer<Status, Data, Ok>
