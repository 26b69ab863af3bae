import type { Buffer } from 'node:buffer'

/*
 * What the parts of the shadow run hand to each other, and what it reports.
 */

/** The processes that are asked: stock Express, Nozomi, and Express once more, which shows what differs by itself. */
export type SideName = 'express' | 'nozomi' | 'control'

/** Names and values as they stand in a message, in order; a repeated field stands there twice. */
export type RawFields = readonly (readonly [name: string, value: string])[]

/** When the client went away before the answer was over. */
export interface ClientAbort {
  /** After so many bytes of the body of the answer; 0: as soon as its head is there. */
  readonly afterBytes?: number
  /** So many milliseconds after the request was sent. */
  readonly afterMs?: number
}

/** What a recording says that the application answered: values in it are found again in later requests. */
export interface RecordedAnswer {
  readonly status: number
  readonly fields: RawFields
  readonly body: Buffer | null
}

/** One request of the traffic. */
export interface TrafficRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  readonly fields: RawFields
  readonly body: Buffer | null
  /** Send the body in chunks, without a length. */
  readonly chunked: boolean
  /** Whose cookies are sent with it. */
  readonly client: string
  /** `jar`: cookies are kept as a browser does; `sent`: only those that stand in its fields. */
  readonly cookies: 'jar' | 'sent'
  readonly abort: ClientAbort | null
  readonly answer: RecordedAnswer | null
  /** Why it can not be sent, if so: its body was not recorded. */
  readonly unsendable: string | null
}

/** What became of the connection, as the client sees it. */
export type Fate = 'kept' | 'closed' | 'broken' | 'no answer' | 'timed out' | 'left by the client'

/** How the end of the body is told. */
export type Framing = 'length' | 'chunked' | 'until close' | 'none'

/** What one side answered. */
export interface SideAnswer {
  /** Null: there was no answer. */
  readonly status: number | null
  readonly reason: string
  readonly fields: RawFields
  readonly trailers: RawFields
  /** The first 16 MB. */
  readonly body: Buffer
  readonly bodyBytes: number
  /** The 1xx that came before. */
  readonly interim: readonly number[]
  readonly framing: Framing
  readonly fate: Fate
  /** The code of the error of the connection. */
  readonly error: string | null
  /** What the response emitted in the application, in order; null when the side can not say. */
  readonly events: readonly string[] | null
}

export type DifferenceKind =
  | 'status'
  | 'reason'
  | 'field'
  | 'field order'
  | 'field case'
  | 'trailer'
  | 'body'
  | 'framing'
  | 'connection'
  | 'interim'
  | 'events'
  | 'process'

/** One point on which two answers differ. */
export interface Point {
  readonly what: DifferenceKind
  /** The name of the field, the path in the JSON, the place in the text; empty where `what` says it all. */
  readonly where: string
  readonly express: string
  readonly nozomi: string
}

/** Where docs/reference/differences.md explains a difference. */
export interface KnownDifference {
  readonly id: string
  readonly link: string
}

export interface ShadowDifference extends Point {
  /** The number of the request, counted from 1. */
  readonly number: number
  /** `GET /books/7`. */
  readonly request: string
  readonly known: KnownDifference | null
  /** Known, and allowed by `allow`. */
  readonly allowed: boolean
}

/** Something that was not compared, how often, and an example. */
export interface Uncompared {
  readonly what: string
  readonly count: number
  readonly example: string
}

export interface ShadowReport {
  readonly application: string
  readonly node: string
  readonly express: { readonly version: string; readonly folder: string }
  readonly nozomi: { readonly version: string; readonly folder: string }
  /** `incomplete`: nothing differs, but nothing was compared, or some were unsteady, or the run ended before its time. */
  readonly verdict: 'equal' | 'different' | 'incomplete'
  readonly counts: {
    /** Requests that were sent to both sides and compared. */
    readonly compared: number
    readonly equal: number
    readonly different: number
    /** Different ones whose every difference is allowed; they do not count as different. */
    readonly allowed: number
    /** To which two runs of Express gave different statuses, so that nothing could be compared. */
    readonly unsteady: number
    readonly skipped: number
  }
  /** The first 1000. */
  readonly differences: readonly ShadowDifference[]
  /** Differences that are not in the list any more. */
  readonly unlisted: number
  /** What differs between two runs of Express, so that it says nothing. */
  readonly noise: readonly Uncompared[]
  readonly unsteady: readonly Uncompared[]
  readonly skipped: readonly Uncompared[]
  readonly warnings: readonly string[]
}
