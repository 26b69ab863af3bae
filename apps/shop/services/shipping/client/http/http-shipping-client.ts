import { setTimeout as delay } from 'node:timers/promises'
import { REQUEST_ID_FIELD, TIMEOUT_FIELD } from '../../contract/vocabulary.js'
import { readQuote, readShipment } from '../answers.js'
import { ShippingError, ShippingUnavailable } from '../errors.js'
import { newEvents } from '../new-events.js'
import { sendableQuote, sendableShipment, sendableTracking } from '../sendable.js'
import type {
  CallOptions,
  Quote,
  QuoteRequest,
  Shipment,
  ShipmentEvent,
  ShipmentRequest,
  ShippingClient,
} from '../shipping-client.js'
import { closedError, createClosing, withinLimits } from '../time-limit.js'
import { readAnswer } from './http-answer.js'

export interface HttpShippingClientOptions {
  /** `http://127.0.0.1:4100`; a path in it is kept. */
  readonly baseUrl: string
  /** How often `follow` asks. Default: 1000. */
  readonly pollMs?: number
}

/**
 * The client over HTTP, on the global `fetch`, which keeps its connections and opens as many as are needed. It has no
 * time limit, retry or breaker of its own.
 */
export class HttpShippingClient implements ShippingClient {
  readonly #baseUrl: string
  readonly #pollMs: number
  readonly #closed = createClosing()

  /** Throws a TypeError when `baseUrl` is none of HTTP. */
  constructor({ baseUrl, pollMs = 1000 }: HttpShippingClientOptions) {
    const url = new URL(baseUrl)
    if (!/^https?:$/.test(url.protocol))
      throw new TypeError(`baseUrl is "${baseUrl}"; expected one that begins with http: or https:`)
    this.#baseUrl = url.href.replace(/\/+$/, '')
    this.#pollMs = pollMs
  }

  async quote(request: QuoteRequest, options: CallOptions = {}): Promise<Quote> {
    return readQuote(await this.#post('/quotes', sendableQuote(request), options))
  }

  async createShipment(request: ShipmentRequest, options: CallOptions = {}): Promise<Shipment> {
    return readShipment(await this.#post('/shipments', sendableShipment(request), options))
  }

  async track(tracking: string, options: CallOptions = {}): Promise<Shipment> {
    return readShipment(await this.#ask(`/shipments/${sendableTracking(tracking)}`, {}, options))
  }

  follow(tracking: string, options: CallOptions = {}): AsyncIterable<ShipmentEvent> {
    return newEvents(this.#poll(tracking, options))
  }

  close(): void {
    this.#closed.abort(closedError())
  }

  async *#poll(tracking: string, options: CallOptions): AsyncGenerator<Shipment> {
    for (;;) {
      const shipment = await this.track(tracking, options)
      yield shipment
      if (shipment.history.at(-1)?.state === 'delivered') return
      const signals = [options.signal, this.#closed.signal]
      await withinLimits({ signals }, (signal) => delay(this.#pollMs, undefined, { signal }))
    }
  }

  #post(path: string, body: object, options: CallOptions): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json' }
    return this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) }, options)
  }

  async #ask(path: string, init: RequestInit, options: CallOptions): Promise<unknown> {
    const { signal: ofCaller, limitMs, requestId, fields = {} } = options
    const headers = new Headers({ ...fields, ...(init.headers as Record<string, string> | undefined) })
    headers.set('Accept', 'application/json, application/problem+json')
    if (limitMs !== undefined) headers.set(TIMEOUT_FIELD, formatTimeout(limitMs))
    if (requestId !== undefined) headers.set(REQUEST_ID_FIELD, requestId)
    return withinLimits({ signals: [ofCaller, this.#closed.signal], limitMs }, async (signal) => {
      try {
        // Security: the service sends nobody elsewhere; whoever does is not the service.
        const response = await fetch(this.#baseUrl + path, { ...init, headers, signal, redirect: 'error' })
        return await readAnswer(response)
      } catch (error) {
        if (error instanceof ShippingError) throw error
        throw new ShippingUnavailable('no-connection', describe(error), { cause: error })
      }
    })
  }
}

function formatTimeout(limitMs: number): string {
  return String(Math.min(Math.max(1, Math.ceil(limitMs)), 999_999_999))
}

/** `fetch` says "fetch failed"; what happened stands in the cause. */
function describe(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const { code, message } = (cause ?? {}) as { code?: string; message?: string }
  return `the shipping service can not be reached: ${message || code || 'the connection failed'}`
}
