import type { Clock } from '../../platform/clock/clock.js'
import type { EventBus } from '../../platform/events/event-bus.js'
import type { Log } from '../../platform/log/log.js'
import type { Worker } from '../module.js'
import type { CartRepository } from './domain/repositories.js'
import {
  catchUp,
  consumeOrders,
  type OrderConsumersDependencies,
} from './services/consumers/order-consumers.js'

export interface OrderWorkerDependencies extends OrderConsumersDependencies {
  readonly carts: CartRepository
  readonly events: EventBus
  readonly clock: Clock
  readonly log: Log
}

const EVERY_MS = 60 * 60 * 1000
const GUEST_CARTS_KEPT_MS = 30 * 24 * EVERY_MS

/** Consumes the events of orders; at its start, and once an hour, does what was left undone. */
export function createOrderWorker(needs: OrderWorkerDependencies): Worker {
  let leave: (() => Promise<void>) | null = null
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> = Promise.resolve()
  const work = (): void => {
    working = lookAfter(needs).catch((error: unknown) => {
      needs.log.warn(`orders could not be looked after, later once more: ${String(error)}`)
    })
  }
  return {
    name: 'orders',
    start: async () => {
      leave = await consumeOrders(needs.events, needs)
      timer = setInterval(work, EVERY_MS)
      timer.unref()
      work()
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer)
      await leave?.()
      await working
    },
  }
}

async function lookAfter(needs: OrderWorkerDependencies): Promise<void> {
  await catchUp(needs)
  await needs.carts.removeAbandoned(new Date(needs.clock.now().getTime() - GUEST_CARTS_KEPT_MS))
}
