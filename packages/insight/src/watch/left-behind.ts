import type { Place } from '../types/place.js'
import type { Guard } from './guard.js'
import type { Incidents } from './incidents.js'
import { hasRef, isCleared, isLasting, type Work, type WorkKind } from './live-work.js'
import { formatPlace, placeOfRun, placeOfSite } from './named.js'
import type { RequestState, RunState } from './request-state.js'
import { SharedEmitters } from './shared-emitters.js'

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
  readonly runningCount: () => number
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

/** What is kept of a leftover: nothing of its request. */
interface Leftover {
  readonly kind: WorkKind
  readonly resource: unknown
  readonly requestId: number
}

export class LeftBehind {
  readonly #setup: LeftBehindSetup
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #ofPlace = new Map<string, Set<Leftover>>()
  readonly #emitters = new SharedEmitters()

  constructor(setup: LeftBehindSetup) {
    this.#setup = setup
  }

  /** Also hears of emitters with too many listeners; gives what ends it. */
  start(): () => void {
    const onWarning = this.#setup.guard.wrap('listeners that were left behind', (warning: Error) => {
      const run = this.#setup.currentRun()
      if (run !== undefined) this.#emitters.suspect(warning, run)
    })
    process.on('warning', onWarning)
    return () => {
      process.off('warning', onWarning)
      for (const timer of this.#timers) clearTimeout(timer)
      this.#timers.clear()
      this.#ofPlace.clear()
      this.#emitters.clear()
    }
  }

  /** A request is over: what it started gets some time to end as well. */
  requestEnded(request: RequestState): void {
    const works = [...this.#setup.workOf(request)].filter(({ kind, resource }) => isLasting(kind, resource))
    if (works.length > 0) this.#later(() => this.#look(request, works))
    if (!this.#emitters.isEmpty) this.#later(() => this.#lookAtEmitters())
  }

  #look(request: RequestState, works: readonly Work[]): void {
    for (const { kind, resource, run, site } of works) {
      const leftover = { kind, resource, requestId: request.id }
      if (isGone(leftover)) continue
      const place = placeOfSite(site)
      if (place === null) continue
      const others = this.#othersAt(`${kind} ${formatPlace(place)}`)
      others.add(leftover)
      const count = new Set([...others].map(({ requestId }) => requestId)).size
      const { most, noun } = LIMITS[kind === 'timer' ? 'timer' : 'connection']
      if (count > most) this.#report(run, place, `${count} ${noun}`)
    }
  }

  #lookAtEmitters(): void {
    const running = this.#setup.runningCount()
    for (const { run, place, what } of this.#emitters.leaking(running)) this.#report(run, place, what)
  }

  #othersAt(key: string): Set<Leftover> {
    const known = this.#ofPlace.get(key) ?? new Set<Leftover>()
    for (const leftover of known) {
      if (isGone(leftover) || known.size >= MOST_OF_PLACE) known.delete(leftover)
    }
    this.#ofPlace.delete(key)
    this.#ofPlace.set(key, known)
    for (const oldest of this.#ofPlace.keys()) {
      if (this.#ofPlace.size <= MOST_PLACES) break
      this.#ofPlace.delete(oldest)
    }
    return known
  }

  #report(run: RunState, place: Place, what: string): void {
    const { request } = run
    const { incidents } = this.#setup
    const message =
      `${what} that were added at ${formatPlace(place)} are left of requests that are over, one of them ` +
      `${incidents.nameRequest(request)}; take them away when the request ends (res.on('close', ...)).`
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

function isGone({ kind, resource }: Leftover): boolean {
  return kind === 'timer' ? isCleared(resource) : !hasRef(resource)
}
