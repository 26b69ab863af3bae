import CircuitBreaker from 'opossum'
import { ShippingRefused, ShippingUnavailable } from '../errors.js'
import { closedError } from '../time-limit.js'
import type { BreakerState } from './client-event.js'

export interface BreakerOptions {
  /** It opens when more than this share of the calls in the window failed, in percent. Default: 50. */
  readonly failurePercent?: number
  /** It stays closed while there were fewer calls in the window. Default: 5. */
  readonly minCalls?: number
  /** The window. Default: 10,000. */
  readonly windowMs?: number
  /** How long it stays open before it lets one call try. Default: 5000. */
  readonly openMs?: number
}

/**
 * Stops asking a service that fails, so that neither side waits for nothing. Only `ShippingUnavailable` is a failure of
 * the service: a refused request is an answer.
 */
export class Breaker {
  readonly #circuit: CircuitBreaker<[call: () => Promise<unknown>], unknown>

  constructor(options: BreakerOptions, onState: (state: BreakerState) => void) {
    const { failurePercent = 50, minCalls = 5, windowMs = 10_000, openMs = 5000 } = options
    this.#circuit = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
      name: 'shipping',
      // A call has its own limit, which cancels it.
      timeout: false,
      errorThresholdPercentage: failurePercent,
      volumeThreshold: minCalls,
      rollingCountTimeout: windowMs,
      resetTimeout: openMs,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      errorFilter: (error: unknown) => !this.#isFailure(error),
    })
    this.#circuit.on('open', () => onState('open'))
    this.#circuit.on('halfOpen', () => onState('half-open'))
    this.#circuit.on('close', () => onState('closed'))
  }

  get state(): BreakerState {
    if (this.#circuit.opened) return 'open'
    return this.#circuit.halfOpen ? 'half-open' : 'closed'
  }

  /** Runs the call, or throws `ShippingUnavailable` with the code `breaker-open`. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return (await this.#circuit.fire(call)) as T
    } catch (error) {
      throw isFromCircuit(error) ? this.#notAsked() : error
    }
  }

  close(): void {
    this.#circuit.shutdown()
  }

  #notAsked(): ShippingUnavailable {
    return this.#circuit.isShutdown
      ? closedError()
      : new ShippingUnavailable('breaker-open', 'the shipping service failed too often to be asked now')
  }

  /**
   * A caller who goes away says nothing about the service. Only when the one call that tries is aborted, it counts as
   * failed: it must count as something, and not as the proof that the service is back.
   */
  #isFailure(error: unknown): boolean {
    if (error instanceof ShippingRefused) return false
    return error instanceof ShippingUnavailable || this.#circuit.halfOpen
  }
}

function isFromCircuit(error: unknown): boolean {
  return error instanceof Error && CircuitBreaker.isOurError(error)
}
