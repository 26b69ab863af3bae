import type {
  LayerEvent,
  NextEvent,
  ObservedRequest,
  ObservedResponse,
  RequestEvent,
} from '../types/events.js'
import { publishFor } from '../hosts/publish-for.js'
import { createRedactor } from '../redact/redactor.js'
import type { Incident, RequestRecord } from '../types/record.js'
import type { Redactor } from '../types/redact.js'
import type { AnyApplication } from '../types/stack.js'
import type { Watch, WatchOptions } from '../types/watch.js'
import { Answers } from './answers.js'
import { AsyncFollow } from './async-follow.js'
import { subscribeAll } from './channels.js'
import { Guard } from './guard.js'
import { HungWatch } from './hung.js'
import { answerForHandler } from './hung-answer.js'
import { Incidents } from './incidents.js'
import { LayerRuns } from './layer-runs.js'
import { LeftBehind } from './left-behind.js'
import { recordOf } from './record.js'
import { RecordBook } from './record-book.js'
import { RequestSignals } from './request-signal.js'
import { RequestStates } from './request-states.js'
import type { RequestState, RunState } from './request-state.js'
import { compileIsTimed, setServerTiming } from './server-timing.js'
import { SyncWork } from './sync-work.js'
import { compileIgnored } from './waiting.js'

const KEEP = 200
const KEEP_BYTES = 8 * 1024 * 1024
const HUNG_AFTER_MS = 10_000
const BLOCKED_MS = 100
const LEFT_BEHIND_MS = 5_000

/**
 * Watches the requests of an application, from what its framework publishes of them: keeps the last ones, and reports what
 * goes wrong. Stock Express publishes nothing by itself; it is made to for as long as the watch lasts.
 *
 * @param options see `WatchOptions`
 */
export function createWatch(app: AnyApplication, options: WatchOptions = {}): Watch {
  const watch = new ApplicationWatch(app, options)
  watch.start()
  return watch
}

class ApplicationWatch implements Watch {
  readonly #app: AnyApplication
  readonly #guard = new Guard()
  readonly #states = new RequestStates()
  readonly #listeners = new Set<(record: RequestRecord) => void>()
  readonly #undo: (() => void)[] = []
  readonly #skip: (req: ObservedRequest) => boolean
  readonly #isTimed: (req: ObservedRequest) => boolean
  readonly #redactor: Redactor
  readonly #book: RecordBook
  readonly #incidents: Incidents
  readonly #work: SyncWork
  readonly #layerRuns: LayerRuns
  readonly #follow: AsyncFollow | null
  readonly #leftBehind: LeftBehind | null
  readonly #signals: RequestSignals | null
  readonly #hung: HungWatch | null

  constructor(app: AnyApplication, options: WatchOptions) {
    this.#app = app
    this.#skip = options.skip ?? (() => false)
    this.#isTimed = compileIsTimed(options.timing)
    this.#redactor = createRedactor(options.redact)
    this.#book = new RecordBook(options.keep ?? KEEP, options.keepBytes ?? KEEP_BYTES)
    const blockedMs = options.blockedMs ?? BLOCKED_MS
    this.#incidents = new Incidents({
      guard: this.#guard,
      redactor: this.#redactor,
      aside: (action) => this.#work.aside(action),
      report: options.report ?? print,
      onIncident: this.#onStep,
    })
    this.#work = new SyncWork(blockedMs, (run, ms) => this.#incidents.blocked(run, ms, false))
    this.#follow = options.followAsync === false ? null : this.#createFollow(blockedMs)
    this.#layerRuns = new LayerRuns({
      states: this.#states,
      incidents: this.#incidents,
      work: this.#work,
      follow: this.#follow,
      notesCallSites: options.callSites ?? true,
      onStep: this.#onStep,
    })
    this.#leftBehind = this.#createLeftBehind(options.leftBehindMs ?? LEFT_BEHIND_MS)
    this.#signals = options.hung && options.hung.answerAfterMs !== undefined ? new RequestSignals() : null
    this.#hung = options.hung === false ? null : this.#createHung(options.hung ?? {})
  }

  start(): void {
    const { response, request } = this.#app as { response?: object; request?: object }
    this.#undo.push(
      publishFor(this.#app),
      subscribeAll(this.#guard, {
        'nozomi.request.start': (event: RequestEvent) => {
          if (event.app === this.#app) this.adopt(event.req, event.res)
        },
        'nozomi.request.finish': ({ res }: RequestEvent) => this.#ended(res, 'finished'),
        'nozomi.request.abort': ({ res }: RequestEvent) => this.#ended(res, 'aborted'),
        'tracing:nozomi.layer:start': (event: LayerEvent) => this.#layerRuns.start(event),
        'tracing:nozomi.layer:end': (event: LayerEvent) => this.#layerRuns.end(event),
        'tracing:nozomi.layer:asyncStart': (event: LayerEvent) => this.#layerRuns.settled(event),
        'tracing:nozomi.layer:error': (event: LayerEvent) => this.#layerRuns.error(event),
        'nozomi.layer.next': (event: NextEvent) => this.#layerRuns.next(event),
      }),
    )
    if (this.#follow !== null) this.#undo.push(this.#follow.start())
    if (this.#leftBehind !== null) this.#undo.push(this.#leftBehind.start())
    if (response) this.#undo.push(this.#createAnswers().watch(response))
    if (request && this.#signals !== null) this.#undo.push(this.#signals.watch(request))
    if (this.#hung !== null) this.#undo.push(() => this.#hung?.stop())
  }

  records(): readonly RequestRecord[] {
    const running = [...this.#states.running].map((request) => recordOf(request, this.#redactor))
    return [...this.#book.all(), ...running].toSorted((one, other) => one.id - other.id)
  }

  record(id: number): RequestRecord | undefined {
    const running = [...this.#states.running].find((request) => request.id === id)
    return running === undefined ? this.#book.get(id) : recordOf(running, this.#redactor)
  }

  incidents(): readonly Incident[] {
    return this.#incidents.all()
  }

  subscribe(listener: (record: RequestRecord) => void): () => void {
    const own = (record: RequestRecord): void => listener(record)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  adopt(req: object, res: object): void {
    this.#guard.run('a request', () => {
      const message = req as ObservedRequest
      if (this.#states.of(req) !== undefined || this.#skip(message)) return
      const request = this.#states.start(message, res as ObservedResponse, performance.now())
      request.isTimed = this.#isTimed(message)
      this.#hung?.wake()
      this.#onStep(request)
    })
  }

  stop(): void {
    for (const undo of this.#undo.splice(0)) this.#guard.run('its end', undo)
    for (const request of this.#states.running) this.#book.add(recordOf(request, this.#redactor))
    this.#states.running.clear()
    this.#listeners.clear()
  }

  readonly #onStep = (request: RequestState): void => {
    if (this.#listeners.size === 0 && request.outcome === 'running') return
    if (request.outcome !== 'running' && request.record === null) return
    this.#work.aside(() => {
      this.#guard.run('a listener', () => {
        const record = recordOf(request, this.#redactor)
        for (const listener of this.#listeners) this.#guard.run('a listener', () => listener(record))
      })
    })
  }

  #ended(res: ObservedResponse, outcome: 'finished' | 'aborted'): void {
    const request = this.#states.of(res)
    if (request === undefined || request.outcome !== 'running') return
    const now = performance.now()
    request.outcome = outcome
    request.endedAt = now
    if (outcome === 'finished') request.closeAll(now)
    this.#leftBehind?.requestEnded(request)
    this.#follow?.forget(request)
    this.#work.aside(() => this.#book.add(recordOf(request, this.#redactor)))
    this.#states.end(request)
    this.#onStep(request)
  }

  /** Who runs: by the context of the code, by the stack of handlers, or else the one that still has the request. */
  readonly #currentRun = (request: RequestState): RunState | null => {
    const followed = this.#follow?.current()
    if (followed?.request === request) return followed
    const stacked = this.#work.current
    return stacked?.request === request ? stacked : request.current
  }

  #createAnswers(): Answers {
    return new Answers({
      guard: this.#guard,
      states: this.#states,
      incidents: this.#incidents,
      currentRun: this.#currentRun,
      beforeHead: (request) => {
        if (request.isTimed) setServerTiming(request, performance.now())
      },
      onStep: this.#onStep,
    })
  }

  #createFollow(blockedMs: number): AsyncFollow {
    return new AsyncFollow({
      guard: this.#guard,
      work: this.#work,
      blockedMs,
      onBlocked: (run, ms) => this.#incidents.blocked(run, ms, true),
    })
  }

  #createLeftBehind(afterMs: number): LeftBehind | null {
    const follow = this.#follow
    if (follow === null || afterMs <= 0) return null
    return new LeftBehind({
      guard: this.#guard,
      incidents: this.#incidents,
      afterMs,
      workOf: (request) => follow.workOf(request),
      currentRun: () => follow.current(),
      runningCount: () => this.#states.running.size,
    })
  }

  #createHung({
    afterMs = HUNG_AFTER_MS,
    answerAfterMs = Number.POSITIVE_INFINITY,
    ignore,
  }: HungOf): HungWatch {
    return new HungWatch({
      guard: this.#guard,
      states: this.#states,
      incidents: this.#incidents,
      afterMs,
      answerAfterMs,
      isIgnored: compileIgnored(ignore),
      follows: this.#follow !== null,
      workOf: (request) => this.#follow?.workOf(request) ?? [],
      answer: (request) => answerForHandler(request, this.#signals, answerAfterMs),
    })
  }
}

type HungOf = Exclude<NonNullable<WatchOptions['hung']>, false>

function print({ message }: Incident): void {
  console.warn(`[insight] ${message}`)
}
