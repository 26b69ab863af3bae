import type { ObservedRequest, ObservedResponse } from '../types/events.js'
import { RequestState } from './request-state.js'

/** Of so many requests that are over it is still noticed when they are answered again. */
const MOST_OVER = 32

/** Which requests of an application run, and which were over last. */
export class RequestStates {
  readonly running = new Set<RequestState>()
  /** The oldest first. */
  readonly #over = new Set<RequestState>()
  readonly #ofMessage = new WeakMap<object, RequestState>()
  #lastId = 0

  start(req: ObservedRequest, res: ObservedResponse, now: number): RequestState {
    const state = new RequestState(++this.#lastId, req, res, now)
    this.#ofMessage.set(req, state)
    this.#ofMessage.set(res, state)
    this.running.add(state)
    return state
  }

  of(message: object): RequestState | undefined {
    return this.#ofMessage.get(message)
  }

  end(state: RequestState): void {
    this.running.delete(state)
    this.#over.add(state)
    for (const oldest of this.#over) {
      if (this.#over.size <= MOST_OVER) break
      this.#over.delete(oldest)
      this.#ofMessage.delete(oldest.req)
      this.#ofMessage.delete(oldest.res)
      oldest.release()
    }
  }
}
