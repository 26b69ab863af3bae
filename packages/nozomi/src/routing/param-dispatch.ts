import type { Next, ParamHandle, Params, RoutableRequest, RoutableResponse } from './messages.js'
import { forwardRejection, isThenable, thrown } from './settle.js'
import { isTraced, runTraced } from './tracing.js'

/** What the callbacks of one parameter did for one request, so that they run once for each value. */
interface ParamCall {
  match: unknown
  value: unknown
  error: unknown
}

export type ParamCalls = Record<string, ParamCall>

/** Runs the `param()` callbacks for the parameters of one matched layer, one after the other. */
export class ParamDispatch {
  readonly #callbacks: Record<string, ParamHandle[]>
  readonly #layer: unknown
  readonly #keys: readonly string[]
  readonly #calls: ParamCalls
  readonly #req: RoutableRequest
  readonly #res: RoutableResponse
  readonly #next: Next
  #done: Next | null
  #keyIndex: number
  #callbackIndex: number
  #call: ParamCall | null

  constructor(
    callbacks: Record<string, ParamHandle[]>,
    layer: unknown,
    keys: readonly string[],
    calls: ParamCalls,
    req: RoutableRequest,
    res: RoutableResponse,
  ) {
    this.#callbacks = callbacks
    this.#layer = layer
    this.#keys = keys
    this.#calls = calls
    this.#req = req
    this.#res = res
    // Perf: by way of a variable, see RouterDispatch.
    const next: Next = (error) => this.#afterCallback(error)
    this.#next = next
    this.#done = null
    this.#keyIndex = 0
    this.#callbackIndex = 0
    this.#call = null
  }

  run(done: Next): void {
    this.#done = done
    this.#nextParam(undefined)
  }

  #nextParam(error: unknown): void {
    let failure = error
    while (!failure && this.#keyIndex < this.#keys.length) {
      const key = this.#keys[this.#keyIndex++] as string
      const params = this.#req.params as Params
      const value = params[key]
      if (value === undefined || !this.#callbacks[key]) continue
      const earlier = this.#calls[key]
      // Parity: the same value was looked up before, or the lookup failed: nothing runs again.
      if (earlier && (earlier.match === value || (earlier.error && earlier.error !== 'route'))) {
        params[key] = earlier.value
        failure = earlier.error
        continue
      }
      this.#call = this.#calls[key] = { match: value, value, error: null }
      this.#callbackIndex = 0
      this.#runCallback(key)
      return
    }
    this.#done?.(failure)
  }

  #runCallback(key: string): void {
    const callback = this.#callbacks[key]?.[this.#callbackIndex++]
    const call = this.#call as ParamCall
    call.value = (this.#req.params as Params)[key]
    if (!callback) {
      this.#nextParam(undefined)
      return
    }
    if (isTraced()) {
      const trace = {
        req: this.#req,
        res: this.#res,
        layer: this.#layer,
        handler: callback,
        route: undefined,
        param: key,
      }
      runTraced(trace, this.#next, (next) => callback(this.#req, this.#res, next, call.match, key))
      return
    }
    try {
      const result = callback(this.#req, this.#res, this.#next, call.match, key)
      if (isThenable(result)) forwardRejection(result, this.#req, this.#next)
    } catch (error) {
      this.#next(thrown(error, this.#req))
    }
  }

  #afterCallback(error: unknown): void {
    const key = this.#keys[this.#keyIndex - 1] as string
    const call = this.#call as ParamCall
    if (!error) {
      this.#runCallback(key)
      return
    }
    call.value = (this.#req.params as Params)[key]
    call.error = error
    this.#nextParam(error)
  }
}
