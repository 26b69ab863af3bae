import type { Logger } from 'pino'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The names of what can be called, on both transports; `other` for all else, so that clients can not make new ones. */
export type Operation = 'quote' | 'createShipment' | 'track' | 'operations' | 'other'

export interface ObservedCall {
  /** `outcome`: the status as the transport has it, or `cancelled`. */
  end(outcome: string, error?: unknown): void
}

/** What is seen of the service from outside: numbers for Prometheus, and a line of log for each call. */
export class Observation {
  readonly #registry = new Registry()
  readonly #log: Logger
  readonly #calls: Counter
  readonly #seconds: Histogram
  readonly #underWay: Gauge
  readonly #shipments: Gauge
  readonly #known: { readonly size: number }

  constructor(log: Logger, known: { readonly size: number }) {
    const registers = [this.#registry]
    this.#log = log
    this.#calls = new Counter({
      name: 'shipping_calls_total',
      help: 'Calls that ended, by transport, operation and outcome',
      labelNames: ['transport', 'operation', 'outcome'],
      registers,
    })
    this.#seconds = new Histogram({
      name: 'shipping_call_seconds',
      help: 'How long calls took',
      labelNames: ['transport', 'operation'],
      buckets: SECONDS,
      registers,
    })
    this.#underWay = new Gauge({
      name: 'shipping_calls_under_way',
      help: 'Calls that have not ended',
      labelNames: ['transport'],
      registers,
    })
    this.#shipments = new Gauge({ name: 'shipping_shipments', help: 'Shipments that are known', registers })
    this.#known = known
    collectDefaultMetrics({ register: this.#registry })
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  metrics(): Promise<string> {
    this.#shipments.set(this.#known.size)
    return this.#registry.metrics()
  }

  /** A call begins. `operationOf` is asked at its end: over HTTP, the route is not known before. */
  begin(transport: 'http' | 'grpc', requestId: string, operationOf: () => Operation): ObservedCall {
    const started = performance.now()
    this.#underWay.inc({ transport })
    return {
      end: (outcome, error) => {
        const operation = operationOf()
        const ms = performance.now() - started
        this.#underWay.dec({ transport })
        this.#calls.inc({ transport, operation, outcome })
        this.#seconds.observe({ transport, operation }, ms / 1000)
        const line = { transport, operation, outcome, requestId, ms: Math.round(ms * 10) / 10 }
        if (error !== undefined) this.#log.error({ ...line, err: error }, 'call failed')
        else if (operation === 'operations') this.#log.debug(line, 'call')
        else this.#log.info(line, 'call')
      },
    }
  }
}
