import { newId } from '#shop/domain/ids.js'
import type { OutboxEvent } from '#shop/platform/events/outbox.js'
import type { TestShop } from './test-shop.js'

/** Puts an event into the outbox as one that was given up, in one transaction: the relay does not see it before. */
export async function deadEvent(
  { cradle }: TestShop,
  type: string,
  data: unknown = null,
): Promise<OutboxEvent> {
  const { outboxStore, transactions } = cradle
  const now = new Date()
  const event: OutboxEvent = { id: newId(now), aggregate: `test:${type}`, type, occurredAt: now, data }
  await transactions.transaction(async () => {
    await outboxStore.add([event])
    const row = (await outboxStore.takeDue(now, 1000)).find(({ event: { id } }) => id === event.id)
    const result = {
      attempts: 20,
      nextAttemptAt: now,
      settledAt: now,
      lastError: 'Error: the broker is away',
    }
    await outboxStore.settle(row?.position ?? 0, { ...result, state: 'dead' })
  })
  return event
}
