import type { Request, Response } from '../../../http/framework.js'
import { formatPlace } from '../../../http/input/place-cursor.js'
import type { Given } from '../../../http/input/given.js'
import type { OutboxRow } from '../../../platform/events/outbox.js'
import type { DeadEvents } from '../services/dead-events.js'
import type { eventPath, eventsQuery } from './event-input.js'

export class EventController {
  readonly #events: DeadEvents

  constructor(events: DeadEvents) {
    this.#events = events
  }

  list = async (req: Given<{ query: typeof eventsQuery }>, res: Response): Promise<void> => {
    const { limit, cursor = null } = req.valid.query
    const { items, next } = await this.#events.list(cursor, limit)
    res.json({ items: items.map(representEvent), nextCursor: next === null ? null : formatPlace(next) })
  }

  retry = async (req: Given<{ params: typeof eventPath }>, res: Response): Promise<void> => {
    const { id } = req.valid.params
    await this.#events.retry(id)
    res.json({ retried: 1 })
  }

  retryAll = async (_req: Request, res: Response): Promise<void> => {
    res.json({ retried: await this.#events.retryAll() })
  }
}

/** Without its data, which is about customers: who looks after events needs to know what failed, not for whom. */
function representEvent({ event, attempts, settledAt, lastError }: OutboxRow): object {
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
