import { Gauge, type Registry } from 'prom-client'
import type { Clock } from '../../platform/clock/clock.js'
import type { OutboxStore } from '../../platform/events/outbox.js'

/** How long the oldest event has been waiting; looked at when the metrics are asked for. */
export function measureOutbox(store: OutboxStore, clock: Clock, registry: Registry): void {
  const gauge = new Gauge({
    name: 'shop_outbox_lag_seconds',
    help: 'Age of the oldest event that waits in the outbox; 0 when none does. Missing while it can not be read.',
    aggregator: 'max',
    registers: [registry],
    async collect() {
      try {
        const oldest = await store.oldestPending()
        const ageMs = oldest === null ? 0 : clock.now().getTime() - oldest.getTime()
        gauge.set(Math.max(0, ageMs) / 1000)
      } catch {
        gauge.remove()
      }
    },
  })
}
