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

/** What would become of a request: each layer that it comes to, and where it ends. */
export interface Explained {
  readonly method: string
  readonly url: string
  readonly steps: readonly ExplainedStep[]
  /** One sentence: who answers, or why nobody does. */
  readonly ends: string
  readonly isAnswered: boolean
  /** Where no route matches: the nearest ones, and what differs. */
  readonly nearest: readonly NearestRoute[]
}

/** `ends` is a layer that runs, and that the request does not leave. */
export type Verdict = 'runs' | 'skipped' | 'ends'

export interface ExplainedStep {
  readonly name: string
  readonly kind: string
  /** As registered, with its mounts. */
  readonly path: string
  readonly methods: readonly string[]
  /** How many routers and applications are around it. */
  readonly depth: number
  readonly verdict: Verdict
  /** Why it runs, or why not. */
  readonly why: string
  readonly params: Readonly<Record<string, unknown>>
  readonly place: Place | null
}

export interface NearestRoute {
  readonly method: string
  readonly path: string
  /** One sentence: what of the request differs. */
  readonly differs: string
  readonly place: Place | null
}
