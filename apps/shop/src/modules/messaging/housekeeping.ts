import type { Clock } from '../../platform/clock/clock.js'
import type { HandledEvents } from '../../platform/events/handled-events.js'
import type { OutboxStore } from '../../platform/events/outbox.js'
import type { IdempotencyKeys } from '../../platform/idempotency/idempotency-keys.js'
import type { Log } from '../../platform/log/log.js'
import type { Worker } from '../module.js'

export interface HousekeepingDependencies {
  readonly outboxStore: OutboxStore
  readonly handledEvents: HandledEvents
  readonly idempotencyKeys: IdempotencyKeys
  readonly clock: Clock
  readonly log: Log
}

const EVERY_MS = 60 * 60 * 1000
const DAY_MS = 24 * EVERY_MS
const DELIVERED_KEPT_MS = 7 * DAY_MS
/** Longer than any event can be on its way. */
const HANDLED_KEPT_MS = 30 * DAY_MS

/** Removes, once an hour, what nobody will ask for any more. */
export function createHousekeeping(dependencies: HousekeepingDependencies): Worker {
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> = Promise.resolve()
  return {
    name: 'housekeeping of events and keys',
    start: async () => {
      timer = setInterval(() => (working = tidyUp(dependencies)), EVERY_MS)
      timer.unref()
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer)
      await working
    },
  }
}

export async function tidyUp(dependencies: HousekeepingDependencies): Promise<void> {
  const { outboxStore, handledEvents, idempotencyKeys, clock, log } = dependencies
  const now = clock.now()
  try {
    await outboxStore.removeDelivered(new Date(now.getTime() - DELIVERED_KEPT_MS))
    await handledEvents.forget(new Date(now.getTime() - HANDLED_KEPT_MS))
    await idempotencyKeys.removeExpired(now)
  } catch (error) {
    log.warn(`what is old could not be removed: ${String(error)}`)
  }
}
