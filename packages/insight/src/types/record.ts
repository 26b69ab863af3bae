import type { LayerKind } from './layer-tree.js'
import type { Place } from './place.js'

/** How far a request has come. */
export type RequestOutcome = 'running' | 'finished' | 'aborted'

/** How a run of a handler ended: it is still to say, it answered, gave the request on, or failed. */
export type RunOutcome = 'running' | 'answered' | 'next' | 'failed'

/** One request as it was seen: plain data, which can be kept and shown after the messages are gone. */
export interface RequestRecord {
  /** Counted from 1, in one process. */
  readonly id: number
  readonly method: string
  /** As it arrived. */
  readonly url: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Milliseconds from the arrival to the end of the answer; null while it runs. */
  durationMs: number | null
  outcome: RequestOutcome
  status: number | null
  /** With secrets replaced (`redact/`). In the order they arrived. */
  requestFields: readonly (readonly [name: string, value: string])[]
  responseFields: readonly (readonly [name: string, value: string])[]
  /** The pattern of the route that answered, with its mounts. */
  route: string | null
  readonly runs: LayerRun[]
  error: RecordedError | null
  /** What was found while it ran: hung, answered twice, and so on. */
  readonly incidents: Incident[]
}

/** One handler that ran for a request. Times are milliseconds since the arrival of the request. */
export interface LayerRun {
  readonly name: string
  readonly kind: LayerKind | 'param'
  /** Where it was mounted: the part of the path that was cut off for it. */
  readonly baseUrl: string
  readonly place: Place | null
  /** How many runs are around it: 0 for the layers of the application itself. */
  readonly depth: number
  readonly startMs: number
  /** When the function returned. What it took until then blocked the event loop. */
  returnMs: number | null
  /** When it gave the request on, answered it, or failed. */
  endMs: number | null
  outcome: RunOutcome
}

export interface RecordedError {
  readonly name: string
  readonly message: string
  readonly stack: string
  /** The first place of the stack that is of the application. */
  readonly place: Place | null
}

export type IncidentKind =
  | 'hung'
  | 'answered-twice'
  | 'next-twice'
  | 'next-after-answer'
  | 'late-rejection'
  | 'event-loop-blocked'
  | 'left-behind'

/** Something that went wrong while a request was served, with the places that have to do with it. */
export interface Incident {
  readonly kind: IncidentKind
  /** One sentence: what happened, where, and what to do. */
  readonly message: string
  /** The handler it is about, first; then what came before or after it. */
  readonly places: readonly { readonly what: string; readonly place: Place | null }[]
  readonly requestId: number
  readonly method: string
  readonly url: string
  readonly route: string | null
  /** How often the same was seen at the same place, this one included. */
  count: number
}
