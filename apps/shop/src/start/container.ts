import {
  asFunction,
  asValue,
  type AwilixContainer,
  createContainer,
  InjectionMode,
  type Resolver,
} from 'awilix'
import { Draining } from '../http/draining.js'
import { ShopInsight } from '../http/insight/shop-insight.js'
import { guestsOnly } from '../http/principal.js'
import type { AnyModule } from '../modules/module.js'
import type { Cache } from '../platform/cache/cache.js'
import type { Clock } from '../platform/clock/clock.js'
import type { Storage } from '../platform/database/storage.js'
import type { OpenEventBus } from '../platform/events/event-bus.js'
import type { HealthCheck } from '../platform/health/health-check.js'
import type { Log } from '../platform/log/log.js'
import type { Metrics } from '../platform/metrics/metrics.js'
import type { AnyState } from '../platform/state/open-state.js'
import type { Configuration } from './configuration.js'
import type { Cradle } from './modules.js'

/** What the platform has opened. */
export interface Platform {
  readonly configuration: Configuration
  readonly storage: Storage
  readonly state: AnyState
  readonly events: OpenEventBus
  readonly cache: Cache
  readonly metrics: Metrics
  readonly clock: Clock
  readonly log: Log
}

/**
 * Puts the parts of the shop together: the one place that knows which implementation stands behind a name. `replaced`
 * are values that stand in for what the modules register; for tests.
 */
export function createShopContainer(
  platform: Platform,
  modules: readonly AnyModule[],
  replaced: Readonly<Record<string, unknown>> = {},
): AwilixContainer<Cradle> {
  const { configuration, storage, state, events, cache, metrics, clock, log } = platform
  const container = createContainer<Cradle>({ injectionMode: InjectionMode.PROXY, strict: true })
  container.register({
    configuration: asValue(configuration),
    transactions: asValue(storage.transactions),
    state: asValue(state),
    events: asValue(events),
    cache: asValue(cache),
    metrics: asValue(metrics),
    draining: asValue(new Draining()),
    insight: asFunction(() => new ShopInsight(configuration.insight, log))
      .singleton()
      .disposer((insight) => insight.stop()),
    clock: asValue(clock),
    log: asValue(log),
    // The module that knows people registers its own over it.
    authenticator: asValue(guestsOnly),
    healthChecks: asFunction((cradle: Cradle) => healthChecksOf(platform, modules, cradle)).singleton(),
  })
  for (const module of modules) {
    for (const [name, resolver] of Object.entries<Resolver<unknown>>({ ...module.register(storage) }))
      container.register(name, resolver)
  }
  for (const [name, value] of Object.entries(replaced)) container.register(name, asValue(value))
  return container
}

function healthChecksOf(
  { storage, state, events }: Platform,
  modules: readonly AnyModule[],
  cradle: Cradle,
): readonly HealthCheck[] {
  return [
    { name: 'storage', check: () => storage.check() },
    { name: 'state', check: () => state.check() },
    // Not needed: while the broker is away, what happens waits in the outbox.
    { name: 'events', check: () => events.check(), isNeeded: false },
    ...modules.flatMap((module) => module.healthChecks?.(cradle) ?? []),
  ]
}
