import type { Changes, State, Summary, WireIncident } from '../../src/inspector/wire.js'

/** As many requests are held by the page; the oldest go. */
const MOST_REQUESTS = 5_000

type About = Omit<State, 'requests' | 'incidents' | 'now'>

/** What the page knows of the application. Tells its listeners when there is something new. */
export class Store {
  about: About | null = null
  incidents: readonly WireIncident[] = []
  isConnected = false
  #requests = new Map<number, Summary>()
  /** What came while the list stands still. */
  #waiting: Map<number, Summary> | null = null
  /** How far the clock of the server is ahead of ours. */
  #aheadMs = 0
  #clearedUpTo = 0
  readonly #listeners: (() => void)[] = []

  /** The latest first. */
  get requests(): readonly Summary[] {
    return [...this.#requests.values()].filter(({ id }) => id > this.#clearedUpTo).toReversed()
  }

  request(id: number): Summary | undefined {
    return this.#requests.get(id)
  }

  get isPaused(): boolean {
    return this.#waiting !== null
  }

  /** How many requests came since the list stands still. */
  get waitingCount(): number {
    return [...(this.#waiting?.keys() ?? [])].filter((id) => !this.#requests.has(id)).length
  }

  get slowMs(): number {
    return this.about?.slowMs ?? Number.POSITIVE_INFINITY
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Everything anew: the page was opened, or the connection was lost for a while. */
  replace({ requests, incidents, now, ...about }: State): void {
    this.about = about
    this.#aheadMs = now - Date.now()
    this.incidents = incidents
    // A process that was started again counts from 1 again.
    if (requests.length === 0 || (requests.at(-1)?.id ?? 0) < this.#clearedUpTo) this.#clearedUpTo = 0
    if (this.#waiting === null) this.#requests = new Map(requests.map((request) => [request.id, request]))
    else this.#waiting = new Map(requests.map((request) => [request.id, request]))
    this.tell()
  }

  apply({ requests, incidents, now }: Changes): void {
    this.#aheadMs = now - Date.now()
    if (incidents !== undefined) this.incidents = incidents
    for (const request of requests) (this.#waiting ?? this.#requests).set(request.id, request)
    this.#forget()
    this.tell()
  }

  pause(): void {
    this.#waiting ??= new Map()
    this.tell()
  }

  resume(): void {
    for (const [id, request] of this.#waiting ?? []) this.#requests.set(id, request)
    this.#waiting = null
    this.#forget()
    this.tell()
  }

  /** Hides what is there now. The server keeps it. */
  clear(): void {
    this.#clearedUpTo = Math.max(0, ...this.#requests.keys())
    this.tell()
  }

  /** Milliseconds that a request took, or has taken until now. */
  ageOf({ durationMs, startedAt }: Summary): number {
    return durationMs ?? Math.max(0, Date.now() + this.#aheadMs - startedAt)
  }

  setConnected(isConnected: boolean): void {
    this.isConnected = isConnected
    this.tell()
  }

  tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #forget(): void {
    for (const held of [this.#requests, this.#waiting]) {
      if (held === null) continue
      for (const id of held.keys()) {
        if (held.size <= MOST_REQUESTS) break
        held.delete(id)
      }
    }
  }
}
