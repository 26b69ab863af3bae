/*
 * Time-outs of all connections of a server, from one timer.
 *
 * Perf: node keeps a timer for each connection and moves it for each request. Here a connection notes the tick at which
 * its state began, which is one field; the timer looks at all of them a few times within the shortest time-out. So a
 * time-out fires late, by up to an eighth of it or half a second, and never early.
 */

export interface Timed {
  /** Called a few times within the shortest time-out. */
  checkTime(now: number): void
}

const LONGEST_TICK_MS = 500
const SHORTEST_TICK_MS = 10
const TICKS_A_TIMEOUT = 8

export class Clock {
  /** Milliseconds; moves on by ticks, and stands while nothing is timed. */
  now = 0
  /** How far behind `now` can be. */
  #tickMs = 0
  #timer: NodeJS.Timeout | null = null
  readonly #timed = new Set<Timed>()
  /** The time-outs as they stand: programs change them while the server runs. */
  readonly #timeouts: () => (number | undefined)[]

  constructor(timeouts: () => (number | undefined)[]) {
    this.#timeouts = timeouts
  }

  get timed(): ReadonlySet<Timed> {
    return this.#timed
  }

  /** Gives the time: what it was before may be long ago. */
  add(timed: Timed): number {
    this.#timed.add(timed)
    const tickMs = this.#wantedTickMs()
    if (this.#timer === null || tickMs < this.#tickMs) this.#arm(tickMs)
    return this.now
  }

  remove(timed: Timed): void {
    if (!this.#timed.delete(timed) || this.#timed.size > 0 || this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
  }

  /** Whether a state that began at `since` has certainly lasted so long. 0 is no time-out. */
  isOver(timeoutMs: number | undefined, since: number): boolean {
    if (typeof timeoutMs !== 'number' || !(timeoutMs > 0)) return false
    return this.now - since >= timeoutMs + this.#tickMs
  }

  #arm(tickMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#tickMs = tickMs
    this.now = performance.now()
    this.#timer = setTimeout(() => this.#tick(), tickMs).unref()
  }

  #tick(): void {
    this.#timer = null
    this.#arm(this.#wantedTickMs())
    for (const timed of this.#timed) timed.checkTime(this.now)
  }

  #wantedTickMs(): number {
    let shortest = LONGEST_TICK_MS * TICKS_A_TIMEOUT
    for (const timeout of this.#timeouts()) {
      if (typeof timeout === 'number' && timeout > 0 && timeout < shortest) shortest = timeout
    }
    return Math.max(SHORTEST_TICK_MS, Math.floor(shortest / TICKS_A_TIMEOUT))
  }
}
