import type { Worker } from '../module.js'
import type { StockConsumer } from './consumers/stock-consumer.js'
import type { LiveConnections } from './http/live-connections.js'
import type { StockFeed } from './services/stock-feed.js'

/** Listens to changes, and ends what is open when the shop stops. */
export class LiveStockWorker implements Worker {
  readonly name = 'live stock'
  readonly #feed: StockFeed
  readonly #consumer: StockConsumer
  readonly #connections: LiveConnections

  constructor(feed: StockFeed, consumer: StockConsumer, connections: LiveConnections) {
    this.#feed = feed
    this.#consumer = consumer
    this.#connections = connections
  }

  async start(): Promise<void> {
    await this.#feed.start()
    await this.#consumer.start()
  }

  async drain(): Promise<void> {
    this.#connections.drain()
  }

  async stop(): Promise<void> {
    await this.#consumer.stop()
    await this.#feed.stop()
  }
}
