import type { Incident } from '../types/record.js'
import type { ObservedRequest } from '../types/events.js'
import type { Guard } from './guard.js'
import type { Incidents } from './incidents.js'
import type { Work } from './live-work.js'
import { formatDuration, nameRun, nameSite, placeOfRun, placeOfSite } from './named.js'
import type { RequestStates } from './request-states.js'
import { isNamed, type RequestState, type RunState } from './request-state.js'
import { hasLiveWork, isUploading, waitsOnPurpose } from './waiting.js'

export interface HungSetup {
  readonly guard: Guard
  readonly states: RequestStates
  readonly incidents: Incidents
  readonly afterMs: number
  readonly answerAfterMs: number
  readonly isIgnored: (req: ObservedRequest, url: string) => boolean
  /** Whether what handlers start is followed, so that it is known when nothing is left. */
  readonly follows: boolean
  readonly workOf: (request: RequestState) => Iterable<Work>
  /** Answers a request in its handler's place. */
  readonly answer: (request: RequestState) => void
}

/** How often it is looked for hung requests, within the time after which they are. */
const LOOKS = 5
const LONGEST_PERIOD_MS = 1_000
const SHORTEST_PERIOD_MS = 5

/** So many handlers that ran before are named. */
const MOST_BEFORE = 5

/**
 * Looks now and then for requests that show no sign of life. One timer for all of them, which runs only while there are
 * requests, and keeps no process alive.
 */
export class HungWatch {
  readonly #setup: HungSetup
  readonly #periodMs: number
  #timer: NodeJS.Timeout | null = null
  #lastLookAt = 0

  constructor(setup: HungSetup) {
    this.#setup = setup
    const shortest = Math.min(setup.afterMs, setup.answerAfterMs)
    this.#periodMs = Math.min(Math.max(shortest / LOOKS, SHORTEST_PERIOD_MS), LONGEST_PERIOD_MS)
  }

  /** A request came. */
  wake(): void {
    if (this.#timer !== null) return
    this.#lastLookAt = performance.now()
    this.#timer = setInterval(
      this.#setup.guard.wrap('the search for hung requests', () => this.#look()),
      this.#periodMs,
    )
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #look(): void {
    const now = performance.now()
    const isLate = now - this.#lastLookAt > this.#periodMs * 2 + 50
    this.#lastLookAt = now
    const { running } = this.#setup.states
    if (running.size === 0) {
      this.stop()
      return
    }
    // The event loop was blocked, or the machine slept: what was due meanwhile must get its turn first.
    if (isLate) return
    for (const request of running)
      this.#setup.guard.run('a request that hangs', () => this.#lookAt(request, now))
  }

  #lookAt(request: RequestState, now: number): void {
    const { afterMs, answerAfterMs, isIgnored, workOf, answer } = this.#setup
    const quietMs = now - request.lastSignAt
    const isReportDue = !request.isReportedHung && quietMs >= afterMs
    const isAnswerDue = !request.isGivenUp && quietMs >= answerAfterMs
    if (!isReportDue && !isAnswerDue) return
    const isWaiting =
      waitsOnPurpose(request, isIgnored) ||
      isUploading(request) ||
      hasLiveWork(workOf(request), now, Math.min(afterMs, answerAfterMs))
    if (isWaiting) {
      // When that is over, the handler gets its time anew.
      request.lastSignAt = now
      return
    }
    if (!request.isReportedHung) this.#report(request, now)
    if (isAnswerDue) answer(request)
  }

  #report(request: RequestState, now: number): void {
    request.isReportedHung = true
    const run = request.current
    const before = handlersBefore(request, run)
    const { incidents } = this.#setup
    const sentences = [
      `${incidents.nameRequest(request)} has had no answer for ${formatDuration(now - request.startedAt)}`,
      ...(run === null ? ['no handler has it any more'] : [whatHangs(request, run, this.#setup.follows)]),
    ]
    const after = before.length === 0 ? '' : ` Before it ran ${before.map(nameRun).join(', ')}.`
    const places: Incident['places'] = [
      { what: 'hung', place: run === null ? null : placeOfRun(run) },
      ...(request.begun === null
        ? []
        : [{ what: 'began to answer', place: placeOfSite(request.begun.site) }]),
      ...before.map((one) => ({ what: 'ran before', place: placeOfRun(one) })),
    ]
    incidents.add({ kind: 'hung', request, run, message: `${sentences.join(': ')}.${after}`, places })
  }
}

/** What the innermost handler did, and what it did not. */
function whatHangs(request: RequestState, run: RunState, follows: boolean): string {
  const route = run.route === null ? '' : ` of ${run.route}`
  const who = `${nameRun(run)}${route}`
  if (request.begun !== null) {
    const began = nameSite(request.begun.site, null)
    return `${who} began the answer ${began === 'at an unknown place' ? '' : `${began} `}and has not ended it`
  }
  if (run.isPending) return `${who} waits for a promise that does not settle`
  if (run.returnedAt === null) return `${who} has not returned`
  const rest = follows ? '; nothing that it started is left to do so' : ''
  return `${who} returned, and neither answered nor called next()${rest}`
}

function handlersBefore(request: RequestState, run: RunState | null): RunState[] {
  const end = run === null ? request.runs.length : request.runs.indexOf(run)
  const before = request.runs.slice(0, end < 0 ? request.runs.length : end)
  return before.filter(isNamed).slice(-MOST_BEFORE)
}
