import type { Redactor } from '../types/redact.js'
import type { Place } from '../types/place.js'
import type { Incident, IncidentKind } from '../types/record.js'
import type { CallSite } from './call-site.js'
import type { Guard } from './guard.js'
import { Ledger } from './ledger.js'
import {
  formatDuration,
  formatPlace,
  nameRequest,
  nameRun,
  nameSite,
  placeOfRun,
  placeOfSite,
} from './named.js'
import { type Answer, isNamed, type RequestState, type RunState } from './request-state.js'

export interface IncidentsSetup {
  readonly guard: Guard
  readonly redactor: Redactor
  /** Runs what takes time that is not the handler's: to find places connects to V8's inspector. */
  readonly aside: (action: () => void) => void
  readonly report: (incident: Incident) => unknown
  /** A request has got one more. */
  readonly onIncident: (request: RequestState) => void
}

/** What is found, before it is counted. */
export interface Found {
  readonly kind: IncidentKind
  readonly request: RequestState
  readonly run: RunState | null
  readonly message: string
  readonly places: Incident['places']
}

/** So many are kept with one request; all are counted. */
const MOST_OF_REQUEST = 50

/** What goes wrong, told once for each place, counted each time, and kept with its request. */
export class Incidents {
  readonly #setup: IncidentsSetup
  readonly #ledger = new Ledger()

  constructor(setup: IncidentsSetup) {
    this.#setup = setup
  }

  all(): readonly Incident[] {
    return this.#ledger.all()
  }

  add({ kind, request, run, message, places }: Found): void {
    const url = this.#setup.redactor.url(request.url)
    const incident = this.#ledger.count(keyOf(kind, run, places), {
      kind,
      message,
      places,
      requestId: request.id,
      method: request.method,
      url,
      route: run?.route ?? null,
    })
    if (request.incidents.length < MOST_OF_REQUEST) request.incidents.push(incident)
    if (incident.count === 1) this.#setup.guard.call('report()', () => this.#setup.report(incident))
    this.#setup.onIncident(request)
  }

  /** `GET /orders/7`, without secrets. */
  nameRequest({ method, url }: RequestState): string {
    return nameRequest({ method, url: this.#setup.redactor.url(url) })
  }

  answeredTwice(request: RequestState, first: Answer, second: Answer): void {
    this.#setup.aside(() => {
      const message =
        `${this.nameRequest(request)} was answered twice: first ${nameSite(first.site, first.run)}, ` +
        `and again ${nameSite(second.site, second.run)}; return after the first answer.`
      const places = [
        { what: 'answered first', place: placeOfAnswer(first) },
        { what: 'answered again', place: placeOfAnswer(second) },
      ]
      // About the second: it is the one that must not happen.
      const run = second.run ?? first.run
      this.add({ kind: 'answered-twice', request, run, message, places: [places[1]!, places[0]!] })
    })
  }

  nextTwice(run: RunState, site: CallSite | null, count: number): void {
    this.#setup.aside(() => {
      const { request } = run
      const first = run.nextSite === null ? '' : `first ${nameSite(run.nextSite, null)}, and `
      const message =
        `next() was called ${timesOf(count)} for ${this.nameRequest(request)} by ${nameRun(run)}: ${first}again ` +
        `${nameSite(site, run)}; call it once, and return.`
      const places = [
        { what: 'next() called again', place: placeOfSite(site) ?? placeOfRun(run) },
        { what: 'next() called first', place: placeOfSite(run.nextSite) },
        { what: 'the handler', place: placeOfRun(run) },
      ]
      this.add({ kind: 'next-twice', request, run, message, places })
    })
  }

  nextAfterAnswer(run: RunState, site: CallSite | null): void {
    this.#setup.aside(() => {
      const { request } = run
      const answer = request.begun
      const first = answer === null ? '' : ` ${nameSite(answer.site, answer.run)}`
      const where = placeOfSite(site) === null ? '' : ` ${nameSite(site, null)}`
      const message = `${nameRun(run)} called next()${where}, after ${this.nameRequest(request)} was answered${first}; what follows can't answer any more.`
      const places = [
        { what: 'next() called', place: placeOfSite(site) ?? placeOfRun(run) },
        { what: 'answered before', place: answer === null ? null : placeOfAnswer(answer) },
      ]
      this.add({ kind: 'next-after-answer', request, run, message: capitalize(message), places })
    })
  }

  lateRejection(run: RunState, error: unknown): void {
    this.#setup.aside(() => {
      const { request } = run
      const answer = request.ended
      const thrownAt = error instanceof Error ? placeOfSite(error as CallSite) : null
      const from = thrownAt === null ? '' : ` (thrown at ${formatPlace(thrownAt)})`
      const message =
        `The promise of ${nameRun(run)} was rejected after ${this.nameRequest(request)} was answered ` +
        `${answer === null ? 'already' : nameSite(answer.site, answer.run)}: ${describe(error)}${from}; no client sees this error.`
      const places = [
        { what: 'thrown', place: thrownAt },
        { what: 'answered before', place: answer === null ? null : placeOfAnswer(answer) },
        { what: 'the handler', place: placeOfRun(run) },
      ]
      this.add({ kind: 'late-rejection', request, run, message: this.#setup.redactor.text(message), places })
    })
  }

  blocked(run: RunState, durationMs: number, isLater: boolean): void {
    // Who must not be blamed for a busy machine: Insight's own middleware, and routers, inside of which others run.
    if (!isNamed(run)) return
    this.#setup.aside(() => {
      const { request } = run
      const how = isLater ? 'a callback of ' : ''
      const message =
        `${how}${nameRun(run)} blocked the event loop for ${formatDuration(durationMs)} while it served ` +
        `${this.nameRequest(request)}; nothing else was served meanwhile.`
      const places = [{ what: 'blocked', place: placeOfRun(run) }]
      this.add({ kind: 'event-loop-blocked', request, run, message: capitalize(message), places })
    })
  }
}

function placeOfAnswer({ site, run }: Answer): Place | null {
  return placeOfSite(site) ?? (run === null ? null : placeOfRun(run))
}

/** The same at the same place is told once. */
function keyOf(kind: IncidentKind, run: RunState | null, places: Incident['places']): string {
  const place = places[0]?.place
  return `${kind} ${run?.name ?? ''} ${place ? formatPlace(place) : ''}`
}

function describe(error: unknown): string {
  try {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return text.length > 200 ? `${text.slice(0, 200)}…` : text
  } catch {
    return 'an error that has no text'
  }
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function timesOf(count: number): string {
  return count === 2 ? 'twice' : `${count} times`
}
