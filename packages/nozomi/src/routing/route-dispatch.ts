import type { Layer } from './layer.js'
import type { Next, RoutableRequest, RoutableResponse } from './messages.js'
import { MAX_SYNC_STEPS } from './sync-steps.js'

/**
 * One request on its way through the handlers of one Route.
 *
 * Runs for each request: no closure but `next`, and no lookup of a setting by name.
 */
export class RouteDispatch {
  readonly next: Next
  readonly #stack: readonly Layer[]
  readonly #method: string | undefined
  readonly #req: RoutableRequest
  readonly #res: RoutableResponse
  readonly #done: Next
  #index: number
  #syncSteps: number

  constructor(
    stack: readonly Layer[],
    method: string | undefined,
    req: RoutableRequest,
    res: RoutableResponse,
    done: Next,
  ) {
    this.#stack = stack
    this.#method = method
    this.#req = req
    this.#res = res
    this.#done = done
    this.#index = 0
    this.#syncSteps = 0
    // Perf: by way of a variable, see RouterDispatch.
    const next: Next = (error) => this.#advance(error)
    this.next = next
  }

  #advance(error: unknown): void {
    if (error === 'route') {
      this.#done()
      return
    }
    if (error === 'router' || this.#index >= this.#stack.length) {
      this.#done(error)
      return
    }
    if (++this.#syncSteps > MAX_SYNC_STEPS) {
      // The counter starts anew in the new turn, when the handler below has returned.
      setImmediate(this.next, error)
      return
    }
    const layer = this.#nextLayer()
    if (layer === undefined) {
      this.#done(error)
      return
    }
    if (error) layer.handleError(error, this.#req, this.#res, this.next)
    else layer.handleRequest(this.#req, this.#res, this.next)
    this.#syncSteps = 0
  }

  #nextLayer(): Layer | undefined {
    while (this.#index < this.#stack.length) {
      const layer = this.#stack[this.#index++] as Layer
      if (!layer.method || layer.method === this.#method) return layer
    }
    return undefined
  }
}
