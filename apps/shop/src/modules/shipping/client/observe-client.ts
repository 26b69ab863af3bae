import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { BreakerState, ClientEvent } from '#shipping/client/index.js'
import type { Log } from '../../../platform/log/log.js'

const STATES: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 }

/** Puts what happens inside of the client into the metrics and the log. */
export function observeClient(registry: Registry, log: Log): (event: ClientEvent) => void {
  const calls = new Histogram({
    name: 'shop_shipping_call_duration_seconds',
    help: 'Calls of the shipping service, each try, by operation and how it ended.',
    labelNames: ['operation', 'outcome'] as const,
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 2, 5],
    registers: [registry],
  })
  const retries = new Counter({
    name: 'shop_shipping_retries_total',
    help: 'Calls of the shipping service that were tried again.',
    labelNames: ['operation'] as const,
    registers: [registry],
  })
  const breaker = new Gauge({
    name: 'shop_breaker_state',
    help: 'Circuit breakers: 0 closed, 1 half-open, 2 open. In a cluster, the worst of all processes.',
    labelNames: ['name'] as const,
    aggregator: 'max',
    registers: [registry],
  })
  breaker.set({ name: 'shipping' }, STATES.closed)
  return function observe(event) {
    if (event.type === 'try') {
      calls.observe({ operation: event.operation, outcome: event.outcome }, event.durationMs / 1000)
    } else if (event.type === 'retry') {
      retries.inc({ operation: event.operation })
    } else if (event.type === 'breaker') {
      breaker.set({ name: 'shipping' }, STATES[event.state])
      log.warn(`the circuit breaker of the shipping service is ${event.state}`)
    }
  }
}
