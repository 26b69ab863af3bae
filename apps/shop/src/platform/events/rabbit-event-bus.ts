import { type ChannelModel, type ConfirmChannel, connect, type RecoveringChannelModel } from 'amqplib'
import { StartError } from '../configuration/start-error.js'
import type { Log } from '../log/log.js'
import type { OpenEventBus, ShopEvent, Subscription } from './event-bus.js'
import { formatEvent } from './event-message.js'
import { RabbitConsumer } from './rabbit-consumer.js'

export interface RabbitOptions {
  /** `amqp://user:password@host:5672/vhost` */
  readonly url: string
  /** What the names of all exchanges and queues begin with. */
  readonly prefix: string
  readonly log: Log
  /** How long to wait before an event is handled again, in ms, the first time; twice as long each time after. */
  readonly firstPauseMs?: number
  /** How often an event is tried; then it goes to the queue of its consumer's dead letters. */
  readonly attempts?: number
  /** How many events a consumer may hold that it has not handled yet. */
  readonly prefetch?: number
}

const CONNECT_LIMIT_MS = 5000
const CONFIRM_LIMIT_MS = 5000
const RECOVERY = { initialDelay: 100, maxDelay: 10_000, initialMaxRetries: 0 } as const

/**
 * The bus of a shop with several instances: a topic exchange, a durable queue for each consumer name, publishing with
 * confirms. A consumer's events come one after another on each instance; one that fails is tried again after a pause
 * before the next, and after its attempts becomes a dead letter (`<prefix><consumer>.dead`).
 *
 * A connection that is lost is made anew, with growing pauses, and the consumers with it; meanwhile `publish` rejects.
 */
export class RabbitEventBus implements OpenEventBus {
  readonly description: string
  readonly #options: Required<RabbitOptions>
  readonly #exchange: string
  readonly #deadExchange: string
  readonly #consumers = new Set<RabbitConsumer>()
  #connection: RecoveringChannelModel | null = null
  #model: ChannelModel | null = null
  #publishing: ConfirmChannel | null = null
  #isClosed = false

  private constructor(options: RabbitOptions) {
    this.#options = { firstPauseMs: 100, attempts: 8, prefetch: 8, ...options }
    this.#exchange = `${options.prefix}events`
    this.#deadExchange = `${options.prefix}dead`
    this.description = `RabbitMQ at ${withoutPassword(options.url)}`
  }

  /** Rejects with a StartError when the broker does not let us in. */
  static async open(options: RabbitOptions): Promise<RabbitEventBus> {
    const bus = new RabbitEventBus(options)
    await bus.#connect()
    return bus
  }

  async publish(event: ShopEvent): Promise<void> {
    if (this.#isClosed) throw new Error('the event bus is closed')
    const channel = this.#publishing
    if (channel === null) throw new Error('the event bus has no connection to RabbitMQ')
    const message = formatEvent(event)
    const options = { persistent: true, messageId: event.id, contentType: 'application/json' }
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`RabbitMQ did not confirm an event within ${CONFIRM_LIMIT_MS} ms`)),
        CONFIRM_LIMIT_MS,
      )
      channel.publish(this.#exchange, event.type, message, options, (error: unknown) => {
        clearTimeout(limit)
        if (error) reject(error instanceof Error ? error : new Error('RabbitMQ refused an event'))
        else resolve()
      })
    })
  }

  async subscribe(subscription: Subscription): Promise<() => Promise<void>> {
    if (this.#isClosed) throw new Error('the event bus is closed')
    const { prefix, log, firstPauseMs, attempts, prefetch } = this.#options
    const consumer = new RabbitConsumer(subscription, {
      queue: `${prefix}${subscription.consumer}`,
      exchange: this.#exchange,
      deadExchange: this.#deadExchange,
      log,
      firstPauseMs,
      attempts,
      prefetch,
    })
    // Known before it is begun: a connection that is lost in between begins it as well.
    this.#consumers.add(consumer)
    try {
      if (this.#model !== null) await consumer.begin(this.#model)
    } catch (error) {
      this.#consumers.delete(consumer)
      throw error
    }
    return async () => {
      this.#consumers.delete(consumer)
      await consumer.end()
    }
  }

  async check(): Promise<void> {
    if (this.#publishing === null) throw new Error('there is no connection to RabbitMQ')
    await this.#publishing.checkExchange(this.#exchange)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#consumers].map((consumer) => consumer.end()))
    this.#consumers.clear()
    this.#publishing = null
    this.#model = null
    await this.#connection?.close()
  }

  async #connect(): Promise<void> {
    const { url, log } = this.#options
    const recovery = {
      ...RECOVERY,
      waitForConnect: false,
      setup: (model: ChannelModel) => this.#setUp(model),
    }
    const connection = await connect(url, { timeout: CONNECT_LIMIT_MS, recovery })
    this.#connection = connection
    // Each is followed by `disconnect` or `connect-failed`, which say more.
    connection.on('error', () => {})
    connection.on('reconnect-failed', () => {})
    connection.on('disconnect', (error) => {
      this.#model = null
      this.#publishing = null
      if (!this.#isClosed) log.warn(`the connection to RabbitMQ broke: ${error.message}`)
    })
    connection.on('connect', () => log.debug(`connected to ${this.description}`))
    try {
      await connection.waitForConnect()
    } catch (error) {
      await connection.close()
      throw new StartError(
        `${this.description} does not let us in: ${reasonOf(error)}\n` +
          `Check AMQP_URL, or unset it to keep the events in the process.`,
      )
    }
  }

  /** For each new connection. */
  async #setUp(model: ChannelModel): Promise<void> {
    // A channel that breaks takes its connection with it: one way to mend it.
    const channel = await model.createConfirmChannel()
    channel.on('error', () => void model.close().catch(() => {}))
    await channel.assertExchange(this.#exchange, 'topic', { durable: true })
    await channel.assertExchange(this.#deadExchange, 'direct', { durable: true })
    for (const consumer of this.#consumers) await consumer.begin(model)
    this.#publishing = channel
    this.#model = model
  }
}

/** Security: the password stays out of terminals and logs. */
function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port === '' ? '5672' : port}${pathname}`
}

/** An AggregateError has no message when each address of a name refuses. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
