import type { EventEmitter } from 'node:events'
import type { Place } from '../types/place.js'
import { placeOfRun, placeOfSite } from './named.js'
import type { RunState } from './request-state.js'

/*
 * Listeners that requests leave on an emitter which they share. Node itself warns when an emitter gets its eleventh listener
 * for an event, in the context of who added it; nothing is patched to hear of it. That alone says little: an emitter may be
 * the request's own, and many requests may wait at the same time. It is a leak when there come to be more and more listeners
 * than requests that run.
 */

export interface LeakingEmitter {
  readonly run: RunState
  readonly place: Place
  /** `12 listeners for 'message'`. */
  readonly what: string
}

interface Warned extends Error {
  emitter?: EventEmitter
  type?: string | symbol
}

interface Suspect {
  readonly emitter: WeakRef<EventEmitter>
  readonly type: string | symbol
  readonly run: RunState
  readonly place: Place
  /** How many there were when the request of the warning was over. */
  left: number | null
}

/** From here on Node warns, too. */
const MOST_LISTENERS = 10
/** So many more, after the request of the warning, and it goes on. */
const GROWTH = 2
const MOST_SUSPECTS = 50

export class SharedEmitters {
  readonly #suspects = new Set<Suspect>()

  get isEmpty(): boolean {
    return this.#suspects.size === 0
  }

  /** Takes a warning of the process; `run` is whose code it came from. */
  suspect(warning: Error, run: RunState): void {
    const { name, emitter, type } = warning as Warned
    if (name !== 'MaxListenersExceededWarning' || emitter === undefined || type === undefined) return
    const { req, res } = run.request
    const isOwn = (emitter as object) === req || (emitter as object) === res
    const place = placeOfSite({ stack: warning.stack ?? '' }) ?? placeOfRun(run)
    if (isOwn || place === null || this.#suspects.size >= MOST_SUSPECTS) return
    this.#suspects.add({ emitter: new WeakRef(emitter), type, run, place, left: null })
  }

  /** Those that have more and more listeners, while so many requests run. Each is told once. */
  leaking(running: number): LeakingEmitter[] {
    const found: LeakingEmitter[] = []
    for (const suspect of this.#suspects) {
      const { emitter, type, run, place } = suspect
      if (run.request.outcome === 'running') continue
      const count = emitter.deref()?.listenerCount(type)
      if (count === undefined || count <= MOST_LISTENERS) {
        this.#suspects.delete(suspect)
        continue
      }
      suspect.left ??= count
      if (count - suspect.left < GROWTH || count - running <= MOST_LISTENERS) continue
      this.#suspects.delete(suspect)
      found.push({ run, place, what: `${count} listeners for '${String(type)}'` })
    }
    return found
  }

  clear(): void {
    this.#suspects.clear()
  }
}
