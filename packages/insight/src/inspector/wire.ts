import type { Severity } from '../types/finding.js'
import type { LayerKind } from '../types/layer-tree.js'
import type { IncidentKind, RequestOutcome, RunOutcome } from '../types/record.js'
import type { Verdict } from './source.js'

/*
 * What the server tells the page, as JSON. Both are typed by this file alone.
 */

/** `src/routes/orders.js:12:5`: relative to the folder of the application, where it is inside. */
export type PlaceText = string

export interface State {
  readonly application: string
  readonly framework: string
  readonly node: string
  /** The clock of the server, in milliseconds since 1970. */
  readonly now: number
  /** From how many milliseconds on a request is slow. */
  readonly slowMs: number
  readonly requests: readonly Summary[]
  readonly incidents: readonly WireIncident[]
  readonly findings: Readonly<Record<Severity, number>>
}

/** One batch of what changed. */
export interface Changes {
  readonly now: number
  readonly requests: readonly Summary[]
  /** All of them, when one is new or was seen again. */
  readonly incidents?: readonly WireIncident[]
}

/** A line of the list. */
export interface Summary {
  readonly id: number
  readonly method: string
  readonly url: string
  readonly startedAt: number
  readonly durationMs: number | null
  readonly outcome: RequestOutcome
  readonly status: number | null
  readonly route: string | null
  readonly error: string | null
  readonly incidents: readonly IncidentKind[]
}

export interface Detail extends Summary {
  readonly requestFields: readonly WireField[]
  readonly responseFields: readonly WireField[]
  readonly runs: readonly WireRun[]
  readonly failure: WireError | null
  readonly found: readonly WireIncident[]
  readonly curl: string
  readonly test: string
}

export type WireField = readonly [name: string, value: string]

export interface WireRun {
  readonly name: string
  readonly kind: LayerKind | 'param'
  readonly baseUrl: string
  readonly place: PlaceText | null
  readonly depth: number
  readonly startMs: number
  readonly returnMs: number | null
  readonly endMs: number | null
  readonly outcome: RunOutcome
}

export interface WireError {
  readonly name: string
  readonly message: string
  readonly stack: string
  readonly place: PlaceText | null
  readonly frame: CodeFrame | null
}

export interface WireIncident {
  readonly kind: IncidentKind
  readonly message: string
  readonly places: readonly { readonly what: string; readonly place: PlaceText | null }[]
  readonly requestId: number
  readonly method: string
  readonly url: string
  readonly route: string | null
  readonly count: number
}

/** Some lines of a source file. */
export interface CodeFrame {
  readonly place: PlaceText
  /** The number of the first line. */
  readonly from: number
  readonly lines: readonly string[]
  readonly line: number
  readonly column: number
}

export interface Routes {
  readonly layers: readonly WireLayer[]
  readonly findings: readonly WireFinding[]
}

export interface WireLayer {
  readonly kind: LayerKind
  readonly name: string
  readonly paths: readonly string[]
  readonly fullPaths: readonly string[]
  readonly methods: readonly string[]
  readonly definedAt: PlaceText | null
  readonly registeredAt: PlaceText | null
  readonly children: readonly WireLayer[]
  readonly isCyclic: boolean
  /** Which of the findings are about it. */
  readonly findings: readonly number[]
}

export interface WireFinding {
  readonly rule: string
  readonly severity: Severity
  readonly what: string
  readonly why: string
  readonly mend: string
  readonly place: PlaceText | null
}

export interface WireExplained {
  readonly method: string
  readonly url: string
  readonly steps: readonly WireStep[]
  /** One sentence. */
  readonly ends: string
  readonly status: number | null
  readonly nearest: readonly {
    readonly method: string
    readonly pattern: string
    readonly differs: string
    readonly instead: string | null
    readonly place: PlaceText | null
  }[]
}

export interface WireStep {
  readonly name: string
  readonly kind: string
  readonly pattern: string
  readonly methods: readonly string[]
  readonly depth: number
  readonly verdict: Verdict | 'answers'
  readonly why: string
  readonly params: readonly WireField[]
  readonly place: PlaceText | null
}
