import { z } from 'zod'
import type { EventBus, ShopEvent } from '../../../platform/events/event-bus.js'
import type { Log } from '../../../platform/log/log.js'
import type { SequencedChannel } from '../../../platform/realtime/sequenced-channel.js'
import type { StockLevels } from '../services/stock-levels.js'

const stockChanged = z.object({ productId: z.int() })

/**
 * Tells all instances of changes. An event says that something changed; what the stock is now is read: events come
 * late, twice, and in another order, and what is read is never older than the event.
 */
export class StockConsumer {
  readonly #events: EventBus
  readonly #channel: SequencedChannel
  readonly #levels: StockLevels
  readonly #log: Log
  #unsubscribe: (() => Promise<void>) | null = null

  constructor(events: EventBus, channel: SequencedChannel, levels: StockLevels, log: Log) {
    this.#events = events
    this.#channel = channel
    this.#levels = levels
    this.#log = log
  }

  async start(): Promise<void> {
    this.#unsubscribe = await this.#events.subscribe({
      consumer: 'live-stock',
      types: ['stock.changed'],
      handle: (event) => this.#handle(event),
    })
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.()
  }

  async #handle(event: ShopEvent): Promise<void> {
    const read = stockChanged.safeParse(event.data)
    if (!read.success) {
      this.#log.error('an event does not say which stock changed', read.error, { eventId: event.id })
      return
    }
    for (const level of await this.#levels.of([read.data.productId]))
      await this.#channel.publish(JSON.stringify(level))
  }
}
