import type { EventBus, ShopEvent, Subscription } from '../../../../platform/events/event-bus.js'
import type { HandledEvents } from '../../../../platform/events/handled-events.js'
import { ORDER_EVENTS, type OrderEventData, summaryOfEvent } from '../../domain/order-events.js'
import { summaryOf } from '../../domain/order-summary.js'
import type { OrderRepository, SummaryRepository } from '../../domain/repositories.js'
import type { ShipOrder } from '../commands/ship-order.js'

export interface OrderConsumersDependencies {
  readonly orders: OrderRepository
  readonly orderSummaries: SummaryRepository
  readonly shipOrder: ShipOrder
  readonly handledEvents: HandledEvents
}

const CATCH_UP = 500

/** Keeps the read model: a row for each order, as the latest of its events that has come says. */
export function summarizeOrders(needs: OrderConsumersDependencies): Subscription {
  const consumer = 'order-summaries'
  return {
    consumer,
    types: ORDER_EVENTS,
    handle: async (event) => {
      await needs.handledEvents.once(consumer, event, () =>
        needs.orderSummaries.put(summaryOfEvent(dataOf(event))),
      )
    },
  }
}

/** Hands what is confirmed to the carrier. Its own state tells whether that was done: no note of the event is needed. */
export function shipConfirmedOrders({ shipOrder }: OrderConsumersDependencies): Subscription {
  return {
    consumer: 'order-shipping',
    types: ['order.confirmed'],
    handle: (event) => shipOrder.execute(dataOf(event).orderId),
  }
}

/**
 * Does what events that were lost would have led to: a bus in the process forgets what was under way when the process
 * is killed.
 */
export async function catchUp(needs: OrderConsumersDependencies): Promise<void> {
  for (const order of await needs.orders.notSummarized(CATCH_UP)) {
    await needs.orderSummaries.put(summaryOf(order))
  }
  for (const { id } of await needs.orders.withStatus('confirmed', CATCH_UP)) await needs.shipOrder.execute(id)
}

/** Gives what ends it. */
export async function consumeOrders(
  events: EventBus,
  needs: OrderConsumersDependencies,
): Promise<() => Promise<void>> {
  const leave = [
    await events.subscribe(summarizeOrders(needs)),
    await events.subscribe(shipConfirmedOrders(needs)),
  ]
  return async () => {
    for (const end of leave) await end()
  }
}

/** Whose events these are, the type of the event says. */
function dataOf(event: ShopEvent): OrderEventData {
  return event.data as OrderEventData
}
