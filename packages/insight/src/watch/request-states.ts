import type { ObservedRequest, ObservedResponse } from '../types/events.js'
import { RequestState } from './request-state.js'

/** Which requests of an application run. A request is found by its messages as long as these live. */
export class RequestStates {
  readonly running = new Set<RequestState>()
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
}
