import type { Cache } from './cache/cache.js'
import type { Clock } from './clock/clock.js'
import type { Transactions } from './database/transactions.js'
import type { EventBus } from './events/event-bus.js'
import type { Log } from './log/log.js'
import type { Metrics } from './metrics/metrics.js'
import type { AnyState } from './state/open-state.js'

/** What the platform gives to every module, by the names that the container has for it. */
export interface PlatformCradle {
  readonly clock: Clock
  readonly log: Log
  readonly transactions: Transactions
  readonly state: AnyState
  readonly events: EventBus
  readonly cache: Cache
  readonly metrics: Metrics
}
