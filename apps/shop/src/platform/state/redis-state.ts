import { Redis } from 'ioredis'
import { StateUnavailable } from '../../domain/errors.js'
import { StartError } from '../configuration/start-error.js'
import type { Log } from '../log/log.js'
import type { OpenState, SetOptions, Unsubscribe } from './state.js'

const CONNECT_TIMEOUT_MS = 5000
const COMMAND_TIMEOUT_MS = 2000
const LONGEST_PAUSE_MS = 2000

/** Compares and removes in one step. */
const DELETE_IF_EQUAL = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0"

export interface RedisStateOptions {
  /** `redis://user:password@host:6379/0` */
  readonly url: string
  /** What all keys and channels begin with, so that several shops can share a server. */
  readonly prefix: string
  readonly log: Log
}

type Listener = (message: string) => void

/** The state in Redis, for several instances. Connections that break come back by themselves. */
export class RedisState implements OpenState {
  readonly description: string
  /** For the libraries that bring a Redis store or adapter of their own. They put `prefix` before their keys. */
  readonly client: Redis
  readonly prefix: string
  readonly #subscriber: Redis
  readonly #listeners = new Map<string, Set<Listener>>()

  private constructor(client: Redis, subscriber: Redis, url: string, prefix: string) {
    this.client = client
    this.prefix = prefix
    this.description = `Redis at ${withoutPassword(url)}`
    this.#subscriber = subscriber
    subscriber.on('message', (channel: string, message: string) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener(message)
    })
  }

  /** Throws a StartError when the server does not answer. */
  static async open({ url, prefix, log }: RedisStateOptions): Promise<RedisState> {
    const client = createClient(url, log)
    const subscriber = createClient(url, log)
    try {
      await Promise.all([client.connect(), subscriber.connect()])
      await client.ping()
    } catch (error) {
      client.disconnect()
      subscriber.disconnect()
      const reason = error instanceof Error ? error.message : String(error)
      throw new StartError(
        `Redis at ${withoutPassword(url)} does not let us in: ${reason}\n` +
          'Check REDIS_URL, or unset it to keep the state in memory.',
      )
    }
    return new RedisState(client, subscriber, url, prefix)
  }

  get(key: string): Promise<string | null> {
    return ask(() => this.client.get(this.#key(key)))
  }

  async set(key: string, value: string, { expiresInMs }: SetOptions = {}): Promise<void> {
    await ask(() =>
      expiresInMs === undefined
        ? this.client.set(this.#key(key), value)
        : this.client.set(this.#key(key), value, 'PX', expiresInMs),
    )
  }

  async setIfAbsent(key: string, value: string, { expiresInMs }: SetOptions = {}): Promise<boolean> {
    const answer = await ask(() =>
      expiresInMs === undefined
        ? this.client.set(this.#key(key), value, 'NX')
        : this.client.set(this.#key(key), value, 'PX', expiresInMs, 'NX'),
    )
    return answer === 'OK'
  }

  take(key: string): Promise<string | null> {
    return ask(() => this.client.getdel(this.#key(key)))
  }

  async delete(key: string): Promise<boolean> {
    return (await ask(() => this.client.del(this.#key(key)))) === 1
  }

  async deleteIfEqual(key: string, value: string): Promise<boolean> {
    return (await ask(() => this.client.eval(DELETE_IF_EQUAL, 1, this.#key(key), value))) === 1
  }

  async increment(key: string, by = 1, { expiresInMs }: SetOptions = {}): Promise<number> {
    const name = this.#key(key)
    const transaction = this.client.multi()
    if (expiresInMs !== undefined) transaction.set(name, 0, 'PX', expiresInMs, 'NX')
    const results = await ask(() => transaction.incrby(name, by).exec())
    const [error, sum] = results?.at(-1) ?? [new Error('the transaction was not run'), 0]
    if (error === null) return Number(sum)
    if (/not an integer|overflow/.test(error.message))
      throw new RangeError(`${key} does not hold a whole number`)
    throw new StateUnavailable(error)
  }

  async expire(key: string, expiresInMs: number): Promise<boolean> {
    return (await ask(() => this.client.pexpire(this.#key(key), expiresInMs))) === 1
  }

  async expiresInMs(key: string): Promise<number | null> {
    const left = await ask(() => this.client.pttl(this.#key(key)))
    return left < 0 ? null : left
  }

  async publish(channel: string, message: string): Promise<void> {
    await ask(() => this.client.publish(this.#key(channel), message))
  }

  async subscribe(channel: string, listener: Listener): Promise<Unsubscribe> {
    const name = this.#key(channel)
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    // Each subscription is its own, also of one listener.
    const own: Listener = (message) => listener(message)
    listeners.add(own)
    await ask(() => this.#subscriber.subscribe(name))
    return async () => {
      listeners.delete(own)
      if (listeners.size > 0 || this.#listeners.get(name) !== listeners) return
      this.#listeners.delete(name)
      await ask(() => this.#subscriber.unsubscribe(name))
    }
  }

  async check(): Promise<void> {
    await ask(() => this.client.ping())
  }

  async close(): Promise<void> {
    this.#listeners.clear()
    for (const client of [this.#subscriber, this.client]) {
      await client.quit().catch(() => client.disconnect())
    }
  }

  #key(key: string): string {
    return `${this.prefix}${key}`
  }
}

function createClient(url: string, log: Log): Redis {
  let isFirst = true
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // A request learns at once that Redis is away, and does not wait until it is back.
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    // At the start, once: who mistyped the address learns it.
    retryStrategy: (times) => (isFirst ? null : Math.min(times * 100, LONGEST_PAUSE_MS)),
  })
  client.once('ready', () => (isFirst = false))
  // Without a listener, an error would end the process.
  client.on('error', (error: Error) => {
    if (!isFirst) log.warn(`the connection to Redis broke: ${error.message}`)
  })
  return client
}

/** Runs a command; turns what goes wrong on the way into StateUnavailable. */
async function ask<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command()
  } catch (error) {
    throw new StateUnavailable(error)
  }
}

/** Security: the password stays out of terminals and logs. */
function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port === '' ? '6379' : port}${pathname}`
}
