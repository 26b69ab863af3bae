import type { z } from 'zod'
import type { HandlerOf } from '../../../http/framework.js'
import { formatPlace } from '../../../http/input/place-cursor.js'
import type { OutboxRow } from '../../../platform/events/outbox.js'
import type { DeadEvents } from '../services/dead-events.js'
import type {
  deadEventSchema,
  listDeadEvents,
  retryDeadEvent,
  retryDeadEvents,
} from './contracts/event-contracts.js'

export class EventController {
  readonly #events: DeadEvents

  constructor(events: DeadEvents) {
    this.#events = events
  }

  list: HandlerOf<typeof listDeadEvents> = async (req, res) => {
    const { limit, cursor = null } = req.valid.query
    const { items, next } = await this.#events.list(cursor, limit)
    res.json({ items: items.map(representEvent), nextCursor: next === null ? null : formatPlace(next) })
  }

  retry: HandlerOf<typeof retryDeadEvent> = async (req, res) => {
    const { id } = req.valid.params
    await this.#events.retry(id)
    res.json({ retried: 1 })
  }

  retryAll: HandlerOf<typeof retryDeadEvents> = async (_req, res) => {
    res.json({ retried: await this.#events.retryAll() })
  }
}

/** Without its data, which is about customers: who looks after events needs to know what failed, not for whom. */
function representEvent({
  event,
  attempts,
  settledAt,
  lastError,
}: OutboxRow): z.input<typeof deadEventSchema> {
  const { id, type, aggregate, occurredAt } = event
  return {
    id,
    type,
    aggregate,
    occurredAt: occurredAt.toISOString(),
    diedAt: settledAt?.toISOString() ?? null,
    attempts,
    lastError,
  }
}
