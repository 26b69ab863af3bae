import { RedisStore } from 'connect-redis'
import type { Redis } from 'ioredis'
import { StateUnavailable } from '../../../domain/errors.js'

interface Expiration {
  readonly expiration?: { readonly type: 'EX'; readonly value: number }
}

/** connect-redis speaks to the client of the package `redis`; this lets it speak to ours, ioredis. */
class RedisClient {
  readonly #client: Redis

  constructor(client: Redis) {
    this.#client = client
  }

  get(key: string): Promise<string | null> {
    return ask(() => this.#client.get(key))
  }

  set(key: string, value: string, { expiration }: Expiration = {}): Promise<unknown> {
    return ask(() =>
      expiration === undefined
        ? this.#client.set(key, value)
        : this.#client.set(key, value, 'EX', expiration.value),
    )
  }

  expire(key: string, seconds: number): Promise<number> {
    return ask(() => this.#client.expire(key, seconds))
  }

  del(keys: readonly string[]): Promise<number> {
    return ask(() => this.#client.del(...keys))
  }

  mGet(keys: readonly string[]): Promise<(string | null)[]> {
    return ask(() => this.#client.mget(...keys))
  }

  scanIterator({ MATCH, COUNT }: { MATCH: string; COUNT: number }): AsyncIterable<string[]> {
    return this.#client.scanStream({ match: MATCH, count: COUNT })
  }
}

/** Sessions in Redis: a session made on one instance is known on all. */
export function createRedisSessionStore(client: Redis, prefix: string): RedisStore {
  return new RedisStore({ client: new RedisClient(client), prefix: `${prefix}session:` })
}

async function ask<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command()
  } catch (error) {
    throw new StateUnavailable(error)
  }
}
