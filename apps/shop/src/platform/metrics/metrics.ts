import { collectDefaultMetrics, Registry } from 'prom-client'

/**
 * The numbers of one shop. Each has a registry of its own, not the library's global one: two shops may live in one
 * process. Whoever measures makes prom-client's own metrics, with `registers: [metrics.registry]`.
 */
export class Metrics {
  readonly registry = new Registry()
  #hasDefaults = false

  /** Memory, CPU, event loop lag, garbage collection, handles. */
  collectDefaults(): void {
    if (this.#hasDefaults) return
    this.#hasDefaults = true
    collectDefaultMetrics({ register: this.registry })
  }

  get contentType(): string {
    return this.registry.contentType
  }
}
