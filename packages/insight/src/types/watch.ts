import type { ObservedRequest } from './events.js'
import type { Incident, RequestRecord } from './record.js'
import type { RedactOptions } from './redact.js'

/** What `createWatch(app, options)` is told. All of it is optional. */
export interface WatchOptions {
  readonly hung?: HungOptions | false
  readonly timing?: TimingOptions
  /** A layer that blocks the event loop for so many milliseconds at a stretch is reported. 0: never. Default 100. */
  readonly blockedMs?: number
  /** How many requests that are over are kept. Default 200. Those that run are kept always. */
  readonly keep?: number
  /** How many bytes these may take, about. Default 8 MB. */
  readonly keepBytes?: number
  /**
   * Follows timers, connections and promises to the handler that started them (`node:async_hooks`). Without it, a request
   * that waits for a timer looks like one that hangs, blocks in callbacks are not seen, and neither is what is left behind.
   * Default true.
   */
  readonly followAsync?: boolean
  /** Notes where `next` was called, each time, so that a second call can name the first. Default true. */
  readonly callSites?: boolean
  /** How long after a request what it started may live before it counts as left behind. Default 5000. 0: never. */
  readonly leftBehindMs?: number
  readonly redact?: RedactOptions
  /** Requests that are not watched: those of the inspector itself. */
  readonly skip?: (req: ObservedRequest) => boolean
  /** Called for an incident the first time it is seen at its place. Default: its message is printed, as a warning. */
  readonly report?: (incident: Incident) => unknown
}

export interface HungOptions {
  /** How long a request may be without any sign of life before its handler is reported. Default 10000. */
  readonly afterMs?: number
  /** After how long such a request is answered with 503, and `req.signal` is aborted. Default: never. */
  readonly answerAfterMs?: number
  /** What takes long on purpose: a path with all that is below it, a pattern for the path, or a function. */
  readonly ignore?: readonly HungIgnore[]
}

export type HungIgnore = string | RegExp | ((req: ObservedRequest) => boolean)

export interface TimingOptions {
  /** Sends a `Server-Timing` field with the time of each layer: to everybody, or where the function says so. Default false. */
  readonly serverTiming?: boolean | ((req: ObservedRequest) => boolean)
}

/** What has been seen of one application, and goes on being seen until `stop()`. */
export interface Watch {
  /** The requests that run, and the last ones that are over, the oldest first. Those that run change. */
  records(): readonly RequestRecord[]
  record(id: number): RequestRecord | undefined
  /** One for each kind and place, with how often it was seen, the latest last. */
  incidents(): readonly Incident[]
  /** Calls `listener` when a request came, went a step further or ended. Gives what ends the subscription. */
  subscribe(listener: (record: RequestRecord) => void): () => void
  /** Watches a request that came to another application first, in which this one is mounted. */
  adopt(req: object, res: object): void
  /** Ends it: no subscription, patch, hook or timer is left. What was seen can still be asked for. */
  stop(): void
}
