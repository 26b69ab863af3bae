import { setTimeout as delay } from 'node:timers/promises'
import { ShippingError, ShippingUnavailable } from '../errors.js'
import type {
  CallOptions,
  Quote,
  QuoteRequest,
  Shipment,
  ShipmentEvent,
  ShipmentRequest,
  ShippingClient,
} from '../shipping-client.js'
import { Breaker, type BreakerOptions } from './breaker.js'
import type { BreakerState, ClientEvent, ClientOperation } from './client-event.js'
import { retryOnce, type RetryOptions } from './retry.js'

const DEFAULT_LIMIT_MS = 2000

export interface ResilienceOptions {
  /** How long a call may take, both tries and the pause together. A shorter one of the caller holds. Default: 2000. */
  readonly limitMs?: number
  readonly retry?: RetryOptions
  readonly breaker?: BreakerOptions
  /** The quote to give when the service gives none; null, or no function: the call rejects. See `createFlatRate`. */
  readonly fallback?: (request: QuoteRequest) => Quote | null
  /** Hears what happens. It must not throw. */
  readonly observe?: (event: ClientEvent) => void
  /** How long `follow` waits before it connects again after it was cut off. Default: 500. */
  readonly reconnectMs?: number
}

/**
 * Another client, made dependable: each call has a time limit, is tried once more when the service could not answer,
 * is not made at all while the service fails (breaker), and a quote falls back to an estimate.
 */
export class ResilientShippingClient implements ShippingClient {
  readonly #inner: ShippingClient
  readonly #options: ResilienceOptions
  readonly #breaker: Breaker

  /** Owns `inner` from now on, and closes it. */
  constructor(inner: ShippingClient, options: ResilienceOptions = {}) {
    this.#inner = inner
    this.#options = options
    this.#breaker = new Breaker(options.breaker ?? {}, (state) => this.#observe({ type: 'breaker', state }))
  }

  get breakerState(): BreakerState {
    return this.#breaker.state
  }

  async quote(request: QuoteRequest, options: CallOptions = {}): Promise<Quote> {
    try {
      return await this.#call('quote', options, (limited) => this.#inner.quote(request, limited))
    } catch (error) {
      const estimate = error instanceof ShippingUnavailable ? this.#options.fallback?.(request) : null
      if (!estimate) throw error
      this.#observe({ type: 'fallback', operation: 'quote', error: error as ShippingUnavailable })
      return estimate
    }
  }

  createShipment(request: ShipmentRequest, options: CallOptions = {}): Promise<Shipment> {
    return this.#call('createShipment', options, (limited) => this.#inner.createShipment(request, limited))
  }

  track(tracking: string, options: CallOptions = {}): Promise<Shipment> {
    return this.#call('track', options, (limited) => this.#inner.track(tracking, limited))
  }

  /**
   * Goes on where it was when the connection is lost, each event once, however long the service is away. Rejects only
   * for a refused request, an aborted signal, or an answer that is none.
   */
  async *follow(tracking: string, options: CallOptions = {}): AsyncGenerator<ShipmentEvent> {
    const { limitMs = DEFAULT_LIMIT_MS, reconnectMs = 500 } = this.#options
    const limited = { ...options, limitMs: options.limitMs ?? limitMs }
    let given = 0
    for (;;) {
      let seen = 0
      try {
        for await (const event of this.#inner.follow(tracking, limited)) {
          seen += 1
          if (seen <= given) continue
          given = seen
          yield event
        }
        return
      } catch (error) {
        if (!(error instanceof ShippingUnavailable) || error.code === 'bad-answer') throw error
        this.#observe({ type: 'retry', operation: 'follow', delayMs: reconnectMs, error })
        const { signal } = options
        await delay(reconnectMs, undefined, { signal }).catch(() => signal?.throwIfAborted())
      }
    }
  }

  close(): void {
    this.#breaker.close()
    this.#inner.close()
  }

  #call<T>(
    operation: ClientOperation,
    options: CallOptions,
    call: (options: CallOptions) => Promise<T>,
  ): Promise<T> {
    const { limitMs = DEFAULT_LIMIT_MS, retry = {} } = this.#options
    const { signal } = options
    return retryOnce(retry, {
      limitMs: Math.min(limitMs, options.limitMs ?? limitMs),
      signal,
      mayTry: () => this.#breaker.state === 'closed',
      onRetry: (error, delayMs) => this.#observe({ type: 'retry', operation, delayMs, error }),
      attempt: (leftMs) =>
        this.#observed(operation, signal, () =>
          this.#breaker.run(() => call({ ...options, limitMs: leftMs })),
        ),
    })
  }

  async #observed<T>(
    operation: ClientOperation,
    signal: AbortSignal | undefined,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const started = performance.now()
    const end = (outcome: (ClientEvent & { type: 'try' })['outcome']): void =>
      this.#observe({ type: 'try', operation, outcome, durationMs: performance.now() - started })
    try {
      const result = await attempt()
      end('ok')
      return result
    } catch (error) {
      end(error instanceof ShippingError ? error.code : signal?.aborted ? 'aborted' : 'error')
      throw error
    }
  }

  #observe(event: ClientEvent): void {
    this.#options.observe?.(event)
  }
}
