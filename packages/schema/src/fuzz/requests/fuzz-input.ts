import type { ParameterPlace } from '../../drift/document.js'

/** A text that goes into the target as it is, without being encoded. */
export class RawText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A body as a value, to be written in its media type; or as the bytes that are sent. */
export type FuzzBody =
  | { readonly mediaType: string; readonly value: unknown }
  | { readonly mediaType: string | null; readonly bytes: Uint8Array }

/** What a request of an operation carries, as values. */
export interface FuzzInput {
  /** By place, then by name. */
  readonly parameters: Readonly<Record<ParameterPlace, Readonly<Record<string, unknown>>>>
  readonly body: FuzzBody | null
  /** Entries of the query that belong to no parameter. */
  readonly extraQuery: readonly (readonly [string, string])[]
  /** Which of the ids that earlier answers gave goes into the path; 0: none of them. */
  readonly known: number
}

/** A request as it is sent. */
export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array | null
}
