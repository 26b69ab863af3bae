import type { EventEmitter } from 'node:events'
import type { Place } from '../types/place.js'
import type { Guard } from './guard.js'
import type { Incidents } from './incidents.js'
import { hasRef, isCleared, isLasting, type Work } from './live-work.js'
import { formatPlace, placeOfRun, placeOfSite } from './named.js'
import type { RequestState, RunState } from './request-state.js'

/*
 * What requests leave behind them. One interval or one connection may be a cache or a pool that came with the first
 * request; it is a leak when each request leaves another one of the same place.
 */

export interface LeftBehindSetup {
  readonly guard: Guard
  readonly incidents: Incidents
  /** How long after a request it is looked. */
  readonly afterMs: number
  readonly workOf: (request: RequestState) => Iterable<Work>
  readonly currentRun: () => RunState | undefined
}

/** How many of one place, each of another request, are no accident. */
const LIMITS = {
  timer: { most: 2, noun: 'intervals' },
  // The pools of the usual clients have less.
  connection: { most: 32, noun: 'connections' },
}
/** So many places are watched, and so many leftovers of one place. */
const MOST_PLACES = 200
const MOST_OF_PLACE = 100
/** So many requests wait to be looked at; under load the others are let go. */
const MOST_WAITING = 1_000

interface Candidate {
  readonly request: RequestState
  readonly works: readonly Work[]
}

interface Warned extends Error {
  emitter?: EventEmitter
  type?: string | symbol
  count?: number
}

export class LeftBehind {
  readonly #setup: LeftBehindSetup
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #ofPlace = new Map<string, Set<Work>>()

  constructor(setup: LeftBehindSetup) {
    this.#setup = setup
  }

  /** Also hears of emitters with too many listeners; gives what ends it. */
  start(): () => void {
    const onWarning = this.#setup.guard.wrap('listeners that were left behind', (warning: Error) =>
      this.#onWarning(warning),
    )
    process.on('warning', onWarning)
    return () => {
      process.off('warning', onWarning)
      for (const timer of this.#timers) clearTimeout(timer)
      this.#timers.clear()
      this.#ofPlace.clear()
    }
  }

  /** A request is over: what it started gets some time to end as well. */
  requestEnded(request: RequestState): void {
    const works = [...this.#setup.workOf(request)].filter(({ kind, resource }) => isLasting(kind, resource))
    if (works.length > 0) this.#later(() => this.#look({ request, works }))
  }

  #look({ request, works }: Candidate): void {
    for (const work of works) {
      if (isGone(work)) continue
      const place = placeOfSite(work.site)
      if (place === null) continue
      const others = this.#othersAt(`${work.kind} ${formatPlace(place)}`)
      others.add(work)
      const count = new Set([...others].map(({ run }) => run.request)).size
      const { most, noun } = LIMITS[work.kind === 'timer' ? 'timer' : 'connection']
      if (count > most) this.#report(request, work.run, place, `${count} ${noun} that`)
    }
  }

  #othersAt(key: string): Set<Work> {
    const known = this.#ofPlace.get(key) ?? new Set<Work>()
    for (const work of known) if (isGone(work) || known.size >= MOST_OF_PLACE) known.delete(work)
    this.#ofPlace.delete(key)
    this.#ofPlace.set(key, known)
    for (const oldest of this.#ofPlace.keys()) {
      if (this.#ofPlace.size <= MOST_PLACES) break
      this.#ofPlace.delete(oldest)
    }
    return known
  }

  /**
   * Node warns when an emitter gets its eleventh listener for an event, in the context of who added it. Whether they are
   * left behind shows when that request is over.
   */
  #onWarning(warning: Error): void {
    const { name, emitter, type, count } = warning as Warned
    if (name !== 'MaxListenersExceededWarning' || emitter === undefined || type === undefined) return
    const run = this.#setup.currentRun()
    if (run === undefined || typeof emitter.listenerCount !== 'function') return
    const seen = count ?? emitter.listenerCount(type)
    const place = placeOfSite({ stack: warning.stack ?? '' }) ?? placeOfRun(run)
    const look = (): void => {
      if (run.request.outcome === 'running') this.#later(look)
      else if (place !== null && emitter.listenerCount(type) >= seen) {
        const what = `${emitter.listenerCount(type)} listeners for '${String(type)}' that`
        this.#report(run.request, run, place, what)
      }
    }
    this.#later(look)
  }

  #report(request: RequestState, run: RunState, place: Place, what: string): void {
    const { incidents } = this.#setup
    const message =
      `${what} were added at ${formatPlace(place)} are left of requests that are over, the last of ` +
      `${incidents.nameRequest(request)}; remove them when the request ends (res.on('close', ...)).`
    const places = [
      { what: 'left behind', place },
      { what: 'the handler', place: placeOfRun(run) },
    ]
    incidents.add({ kind: 'left-behind', request, run, message, places })
  }

  #later(action: () => void): void {
    if (this.#timers.size >= MOST_WAITING) return
    const timer = setTimeout(
      this.#setup.guard.wrap('what was left behind', () => {
        this.#timers.delete(timer)
        action()
      }),
      this.#setup.afterMs,
    )
    timer.unref()
    this.#timers.add(timer)
  }
}

function isGone({ kind, resource }: Work): boolean {
  return kind === 'timer' ? isCleared(resource) : !hasRef(resource)
}
