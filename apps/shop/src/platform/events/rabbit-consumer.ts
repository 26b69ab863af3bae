import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import type { Log } from '../log/log.js'
import type { ShopEvent, Subscription } from './event-bus.js'
import { parseEvent } from './event-message.js'

export interface RabbitConsumerOptions {
  readonly queue: string
  readonly exchange: string
  readonly deadExchange: string
  readonly log: Log
  readonly firstPauseMs: number
  readonly attempts: number
  readonly prefetch: number
}

const LONGEST_PAUSE_MS = 30_000

/** One connection's worth of consuming. What comes of it after its end is let be: the broker gives it to others. */
interface Session {
  readonly channel: Channel
  readonly tag: string
  isOver: boolean
}

/** One subscription at RabbitMQ: begun anew with each connection. */
export class RabbitConsumer {
  readonly #subscription: Subscription
  readonly #options: RabbitConsumerOptions
  #session: Session | null = null
  #handling: Promise<void> = Promise.resolve()
  #isEnded = false
  #endPause: () => void = () => {}

  constructor(subscription: Subscription, options: RabbitConsumerOptions) {
    this.#subscription = subscription
    this.#options = options
  }

  async begin(model: ChannelModel): Promise<void> {
    const { queue, exchange, deadExchange, prefetch, log } = this.#options
    const channel = await model.createChannel()
    const session: Session = { channel, tag: `${queue}-${crypto.randomUUID()}`, isOver: false }
    channel.on('close', () => void (session.isOver = true))
    channel.on('error', (error) => {
      log.warn(`a channel of ${queue} broke: ${error.message}`)
      void closeQuietly(model)
    })
    await channel.assertQueue(`${queue}.dead`, { durable: true })
    await channel.bindQueue(`${queue}.dead`, deadExchange, queue)
    await channel.assertQueue(queue, {
      durable: true,
      deadLetterExchange: deadExchange,
      deadLetterRoutingKey: queue,
    })
    for (const type of this.#subscription.types) await channel.bindQueue(queue, exchange, type)
    await channel.prefetch(prefetch)
    this.#session = session
    await channel.consume(queue, (message) => this.#take(session, message), { consumerTag: session.tag })
  }

  /** Takes nothing more, waits for what is under way, and gives back what was not begun. */
  async end(): Promise<void> {
    this.#isEnded = true
    this.#endPause()
    const session = this.#session
    if (session === null || session.isOver) return void (await this.#handling)
    await session.channel.cancel(session.tag).catch(() => {})
    await this.#handling
    await session.channel.close().catch(() => {})
  }

  /** One after another. */
  #take(session: Session, message: ConsumeMessage | null): void {
    if (message === null) {
      // The queue was removed under us. With the connection, all is made anew.
      session.channel.emit('error', new Error('the queue was removed'))
      return
    }
    this.#handling = this.#handling.then(() => this.#handle(session, message))
  }

  async #handle(session: Session, message: ConsumeMessage): Promise<void> {
    const event = parseEvent(message.content)
    if (event === null) {
      this.#options.log.error('a message is no event', new Error('unreadable'), {
        queue: this.#options.queue,
      })
      return settle(session, () => session.channel.nack(message, false, false))
    }
    for (let attempt = 1; !this.#isEnded && !session.isOver; attempt++) {
      const pauseMs = await this.#tryOnce(event, attempt)
      if (pauseMs === 'done') return settle(session, () => session.channel.ack(message))
      if (pauseMs === 'dead') return settle(session, () => session.channel.nack(message, false, false))
      await this.#pause(pauseMs)
    }
  }

  /** Whether it is done with, or after how long it is to be tried again. */
  async #tryOnce(event: ShopEvent, attempt: number): Promise<number | 'done' | 'dead'> {
    const { consumer, types, handle } = this.#subscription
    // Bindings outlive the version of the shop that has made them.
    if (!types.includes(event.type)) return 'done'
    const { log, attempts, firstPauseMs } = this.#options
    try {
      await handle(event)
      return 'done'
    } catch (error) {
      const fields = { consumer, event: event.type, eventId: event.id, attempt }
      if (attempt >= attempts) {
        log.error('an event was given up', error, fields)
        return 'dead'
      }
      log.warn(`an event will be delivered again: ${String(error)}`, fields)
      return Math.min(firstPauseMs * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
    }
  }

  #pause(pauseMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** On a channel that is gone there is nothing to say: the broker delivers the message again. */
function settle(session: Session, say: () => void): void {
  if (session.isOver) return
  try {
    say()
  } catch {
    session.isOver = true
  }
}

/** It may be closed already. */
async function closeQuietly(model: ChannelModel): Promise<void> {
  try {
    await model.close()
  } catch {
    // Then there is nothing to do.
  }
}
