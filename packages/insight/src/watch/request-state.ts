import type { LayerEvent, ObservedRequest, ObservedResponse } from '../types/events.js'
import type { LayerKind } from '../types/layer-tree.js'
import type { Incident, RequestOutcome, RequestRecord, RunOutcome } from '../types/record.js'
import type { CallSite } from './call-site.js'
import { joinPatterns, kindOf, patternText } from './event-kinds.js'

/** Where an answer was begun or ended, and by which handler. */
export interface Answer {
  readonly site: CallSite
  readonly run: RunState | null
}

/** So many runs of one request are noted: middleware may send a request round and round. */
const MOST_RUNS = 1_000

/** One request, as long as something can still happen to it. Times are those of `performance.now()`. */
export class RequestState {
  readonly id: number
  req: ObservedRequest
  res: ObservedResponse
  readonly method: string
  readonly url: string
  /** Milliseconds since 1970. */
  readonly arrivedAt: number
  readonly startedAt: number
  readonly runs: RunState[] = []
  /** The runs that neither gave the request on nor answered it: the routers, and innermost the handler. */
  readonly open: RunState[] = []
  readonly incidents: Incident[] = []
  outcome: RequestOutcome = 'running'
  endedAt: number | null = null
  /** The first that wrote a head, a part of the body, or all of it. */
  begun: Answer | null = null
  /** The first that called `res.end()`. */
  ended: Answer | null = null
  /** What `res.writeHead()` was given beside the status. */
  headArguments: readonly unknown[] | null = null
  /** The last error that a handler threw, rejected with or gave to `next`. */
  failure: { readonly error: unknown } | null = null
  /** When something last happened that belongs to the request. */
  lastSignAt: number
  isReportedHung = false
  /** It hung for so long that its signal was aborted. */
  isGivenUp = false
  /** It was answered in the place of its handler. */
  isAnsweredForHandler = false
  isTimed = false
  /** What has been made of it to be shown; its runs are added as they come. */
  record: RequestRecord | null = null

  constructor(id: number, req: ObservedRequest, res: ObservedResponse, now: number) {
    this.id = id
    this.req = req
    this.res = res
    this.method = req.method ?? ''
    this.url = req.originalUrl || req.url || ''
    this.arrivedAt = Date.now()
    this.startedAt = now
    this.lastSignAt = now
  }

  get hasBegun(): boolean {
    return this.begun !== null || this.res.headersSent === true
  }

  /** The innermost handler that still has the request. */
  get current(): RunState | null {
    return this.open.at(-1) ?? null
  }

  add(run: RunState): void {
    if (this.runs.length < MOST_RUNS) this.runs.push(run)
    this.open.push(run)
    this.lastSignAt = run.startedAt
  }

  close(run: RunState): void {
    const index = this.open.lastIndexOf(run)
    if (index >= 0) this.open.splice(index, 1)
  }

  /**
   * Lets go of the messages: timers and connections that outlive a request keep the context that they were made in, and
   * with it this.
   */
  release(): void {
    const { statusCode } = this.res
    this.req = { headers: {} }
    this.res = { statusCode, headersSent: true, writableEnded: true, getHeaders: () => ({}) }
    this.begun = null
    this.ended = null
    this.failure = null
    this.headArguments = null
    for (const run of this.runs) run.nextSite = null
  }

  /** All that still had the request when it was answered. */
  closeAll(now: number): void {
    for (const run of this.open.splice(0)) run.end('answered', now)
  }
}

/** One run of a handler, while its request is watched. Times are those of `performance.now()`. */
export class RunState {
  readonly request: RequestState
  readonly handler: LayerEvent['handler']
  readonly layer: LayerEvent['layer']
  /** The pattern that it was reached by, as it was registered in its router. */
  readonly pattern: unknown
  readonly kind: LayerKind | 'param'
  readonly baseUrl: string
  /** The router or application that it runs in. */
  readonly parent: RunState | null
  readonly depth: number
  readonly startedAt: number
  returnedAt: number | null = null
  endedAt: number | null = null
  outcome: RunOutcome = 'running'
  /** It returned a promise, which has not settled. */
  isPending = false
  /** It failed when the request had been answered. */
  isFailedLate = false
  nextSite: CallSite | null = null

  constructor(request: RequestState, event: LayerEvent, startedAt: number) {
    this.request = request
    this.handler = event.handler
    this.layer = event.layer
    this.pattern = event.route
    this.kind = kindOf(event)
    const { baseUrl } = event.req
    this.baseUrl = typeof baseUrl === 'string' ? baseUrl : ''
    this.parent = request.open.at(-1) ?? null
    this.depth = request.open.length
    this.startedAt = startedAt
  }

  get name(): string {
    const name: unknown = this.handler?.name || this.layer?.name
    return typeof name === 'string' && name !== '' ? name : '<anonymous>'
  }

  /** The pattern that it was reached by, with those of the routers around it; null when nobody knows. */
  get route(): string | null {
    const own = patternText(this.pattern)
    if (own === null) return this.parent?.route ?? null
    return joinPatterns(this.parent?.route ?? '', own)
  }

  end(outcome: RunOutcome, now: number): void {
    if (this.endedAt !== null) return
    this.endedAt = now
    this.outcome = outcome
    this.request.close(this)
  }
}

/** Whether a run is one of the application's own handlers, and not what is around them, or Insight's middleware. */
export function isNamed({ kind, name }: RunState): boolean {
  return kind !== 'router' && kind !== 'application' && name !== 'insight'
}
