import type { Finding } from '../types/finding.js'
import type { LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import type { Incident, RequestRecord } from '../types/record.js'

/*
 * What the inspector shows, and where it comes from. The parts that find it out are not named here: whoever makes the
 * inspector passes them in.
 */

export interface InspectorSource {
  /** The requests that are kept, the oldest first. They change while they run. */
  records(): Iterable<RequestRecord>
  /** One of them; undefined when it is not kept any more. */
  record(id: number): RequestRecord | undefined
  /** What went wrong, once for each place, the latest last. Kept longer than the requests it was seen at. */
  incidents(): readonly Incident[]
  /** Calls `listener` when a request came, went a step further or ended. Gives what ends the subscription. */
  subscribe(listener: (record: RequestRecord) => void): () => void
  /** The layers of the application as they are now. */
  layers(): readonly LayerNode[]
  findings(): readonly Finding[]
  explain(method: string, url: string): Explained
}

/** What would become of a request: what `explain()` tells, as far as it is shown. */
export interface Explained {
  readonly method: string
  readonly url: string
  readonly layers: readonly ExplainedLayer[]
  readonly end: {
    /** What the framework answers; null when a handler does. */
    readonly status: number | null
    /** Who answers: one of the layers. */
    readonly layer: ExplainedLayer | null
    /** One sentence. */
    readonly text: string
  }
  /** Where no route matches: the nearest ones, and what differs. */
  readonly nearest: readonly NearestRoute[]
}

/** `unreached`: it would run, if none before it answered. */
export type Verdict = 'runs' | 'unreached' | 'skipped'

export interface ExplainedLayer {
  readonly name: string
  readonly kind: string
  /** The path with its mounts. */
  readonly pattern: string
  readonly methods: readonly string[]
  /** How many routes, routers and applications are around it. */
  readonly depth: number
  readonly verdict: Verdict
  /** Why it is skipped; for one that runs, what is to be known of it. */
  readonly why: string
  readonly params: Readonly<Record<string, unknown>>
  readonly place: Place | null
}

export interface NearestRoute {
  readonly method: string
  readonly pattern: string
  /** One sentence: what differs. */
  readonly text: string
  /** A path that comes to it. */
  readonly instead: string | null
  readonly place: Place | null
}
