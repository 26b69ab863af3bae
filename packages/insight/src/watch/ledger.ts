import type { Incident } from '../types/record.js'

/** So many kinds and places are counted; the oldest give way. */
const MOST_ENTRIES = 500

/** How often each kind of incident was seen at each place. */
export class Ledger {
  readonly #entries = new Map<string, Incident>()

  /** Counts it; gives the incident as it is for the request it was seen at. */
  count(key: string, incident: Omit<Incident, 'count'>): Incident {
    const known = this.#entries.get(key)
    const count = (known?.count ?? 0) + 1
    const seen: Incident = { ...incident, count }
    this.#entries.delete(key)
    if (this.#entries.size >= MOST_ENTRIES) this.#forgetOldest()
    this.#entries.set(key, seen)
    return seen
  }

  all(): readonly Incident[] {
    return [...this.#entries.values()]
  }

  #forgetOldest(): void {
    for (const key of this.#entries.keys()) {
      this.#entries.delete(key)
      return
    }
  }
}
