import type { Point, ShadowDifference, ShadowReport, TrafficRequest, Uncompared } from '../../types/shadow.js'
import type { Answers } from '../compare/trial.js'
import { findKnownDifference } from './known-differences.js'
import { showTarget, showValue } from './shown-values.js'

/** Differences that are listed; more are counted. */
const LISTED = 1000

/** Kinds of things that were not compared, which are kept apart. */
const KINDS_KEPT = 500

/** Collects what the trials found. */
export class ReportBuilder {
  readonly #allow: ReadonlySet<string>
  readonly #differences: ShadowDifference[] = []
  readonly #noise = new Tally()
  readonly #unsteady = new Tally()
  readonly #skipped = new Tally()
  readonly #warnings = new Set<string>()
  readonly #counts = { compared: 0, equal: 0, different: 0, allowed: 0, unsteady: 0, skipped: 0 }
  #number = 0
  #unlisted = 0
  #isBrokenOff = false

  constructor(allow: readonly string[]) {
    this.#allow = new Set(allow)
  }

  /** A request that was sent to both. */
  compared(
    request: TrafficRequest,
    answers: Answers,
    points: readonly Point[],
    noise: readonly Point[],
  ): void {
    this.#number++
    this.#counts.compared++
    for (const point of noise) {
      const [one, other] = [point.express, point.nozomi].map((value) => showValue(point, value))
      this.#noise.add(nameOf(point), `${labelOf(request)}: ${one}, ${other}`)
    }
    const found = points.map((point) => this.#toDifference(point, request, answers))
    if (found.length === 0) this.#counts.equal++
    else if (found.every(({ allowed }) => allowed)) this.#counts.allowed++
    else this.#counts.different++
    const room = Math.max(0, LISTED - this.#differences.length)
    this.#differences.push(...found.slice(0, room))
    this.#unlisted += Math.max(0, found.length - room)
  }

  /** A request of which Express makes something else from one run to the next. */
  unsteady(request: TrafficRequest, point: Point): void {
    this.#number++
    this.#counts.unsteady++
    this.#unsteady.add(`${nameOf(point)} ${point.express} and ${point.nozomi}`, labelOf(request))
  }

  skipped(request: TrafficRequest, reason: string): void {
    this.#number++
    this.#counts.skipped++
    this.#skipped.add(reason, labelOf(request))
  }

  warn(text: string): void {
    this.#warnings.add(text)
  }

  /** The run ends before its time, or not all that it found can be relied on. */
  breakOff(text: string): void {
    this.#isBrokenOff = true
    this.warn(text)
  }

  finish(about: Pick<ShadowReport, 'application' | 'express' | 'nozomi'>): ShadowReport {
    return {
      ...about,
      node: process.versions.node,
      verdict: this.#verdict(),
      counts: { ...this.#counts },
      differences: [...this.#differences],
      unlisted: this.#unlisted,
      noise: this.#noise.list(),
      unsteady: this.#unsteady.list(),
      skipped: this.#skipped.list(),
      warnings: [...this.#warnings],
    }
  }

  #verdict(): ShadowReport['verdict'] {
    const { compared, different, unsteady } = this.#counts
    if (different > 0) return 'different'
    return compared === 0 || unsteady > 0 || this.#isBrokenOff ? 'incomplete' : 'equal'
  }

  #toDifference(point: Point, request: TrafficRequest, answers: Answers): ShadowDifference {
    const known = findKnownDifference(point, request, answers)
    return {
      number: this.#number,
      request: labelOf(request),
      ...point,
      express: showValue(point, point.express),
      nozomi: showValue(point, point.nozomi),
      known,
      allowed: known !== null && (this.#allow.has(known.id) || this.#allow.has('known')),
    }
  }
}

/** Counts, by a text, with the first example. */
class Tally {
  readonly #entries = new Map<string, Uncompared>()

  add(what: string, example: string): void {
    const entry = this.#entries.get(what)
    if (entry) this.#entries.set(what, { ...entry, count: entry.count + 1 })
    else if (this.#entries.size < KINDS_KEPT) this.#entries.set(what, { what, count: 1, example })
  }

  list(): Uncompared[] {
    return [...this.#entries.values()]
  }
}

export function labelOf({ method, url }: TrafficRequest): string {
  return `${method} ${showTarget(url)}`
}

/** Words of a text are counted together, and so are the items of an array. */
function nameOf({ what, where: place }: Pick<Point, 'what' | 'where'>): string {
  const where = place.replace(/^word \d+$/, 'words').replaceAll(/\[\d+\]/g, '[*]')
  return where === '' ? what : `${what} ${where}`
}
