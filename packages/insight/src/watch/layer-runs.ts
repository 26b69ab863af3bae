import type { LayerEvent, NextEvent } from '../types/events.js'
import type { AsyncFollow } from './async-follow.js'
import { FRAMES_OF_NEXT, noteCallSite } from './call-site.js'
import type { Incidents } from './incidents.js'
import type { RequestState } from './request-state.js'
import type { RequestStates } from './request-states.js'
import { RunState } from './request-state.js'
import type { SyncWork } from './sync-work.js'

export interface LayerRunsSetup {
  readonly states: RequestStates
  readonly incidents: Incidents
  readonly work: SyncWork
  readonly follow: Pick<AsyncFollow, 'enter' | 'leave'> | null
  readonly notesCallSites: boolean
  /** A request went a step further. */
  readonly onStep: (request: RequestState) => void
}

/**
 * Which handlers ran for a request, for how long, and how each ended: made of what is published of them.
 *
 * Runs for each handler of each request that is watched.
 */
export class LayerRuns {
  readonly #setup: LayerRunsSetup
  readonly #runs = new WeakMap<LayerEvent, RunState>()

  constructor(setup: LayerRunsSetup) {
    this.#setup = setup
  }

  readonly start = (event: LayerEvent): void => {
    const request = this.#setup.states.of(event.req)
    if (request === undefined) return
    const run = new RunState(request, event, performance.now())
    this.#runs.set(event, run)
    request.add(run)
    this.#setup.work.enter(run)
    this.#setup.follow?.enter(run)
    this.#setup.onStep(request)
  }

  readonly end = (event: LayerEvent): void => {
    const run = this.#runs.get(event)
    if (run === undefined) return
    this.#setup.follow?.leave(run)
    const now = performance.now()
    run.returnedAt = now
    run.isPending = !('result' in event) && !('error' in event)
    if (!run.isPending && 'error' in event && run.endedAt === null) run.end('failed', now)
    this.#setup.work.leave(run, now)
  }

  /** Also of an error that was given to `next`, of which `next` has told already. */
  readonly error = (event: LayerEvent): void => {
    const run = this.#runs.get(event)
    if (run === undefined) return
    run.request.failure = { error: event.error }
    // Told before the error goes on to who may answer it.
    run.isFailedLate = run.request.ended !== null
    run.end('failed', performance.now())
  }

  readonly settled = (event: LayerEvent): void => {
    const run = this.#runs.get(event)
    if (run === undefined) return
    run.isPending = false
    const { request } = run
    const now = performance.now()
    request.lastSignAt = now
    if (!('error' in event) || event.error === undefined) return
    if (run.isFailedLate) this.#setup.incidents.lateRejection(run, event.error)
    run.end('failed', now)
  }

  readonly next = ({ run: event, error, count }: NextEvent): void => {
    const run = this.#runs.get(event)
    if (run === undefined) return
    const { request } = run
    const { incidents, notesCallSites } = this.#setup
    const now = performance.now()
    request.lastSignAt = now
    const site =
      notesCallSites || count > 1 || request.hasBegun ? noteCallSite(this.next, FRAMES_OF_NEXT) : null
    if (count > 1) incidents.nextTwice(run, site, count)
    else if (request.hasBegun && !isPassedOn(event, error, request)) incidents.nextAfterAnswer(run, site)
    if (count === 1) run.nextSite = site
    run.end(isFailure(error) ? 'failed' : 'next', now)
    this.#setup.onStep(request)
  }
}

/**
 * An error after the answer has begun: who gives it on in the midst of the answer has it cut off, and error handlers are to
 * pass on what they can't answer any more.
 */
function isPassedOn({ errorHandler }: LayerEvent, error: unknown, request: RequestState): boolean {
  return isFailure(error) && (request.ended === null || errorHandler === true)
}

function isFailure(error: unknown): boolean {
  return Boolean(error) && error !== 'route' && error !== 'router'
}
