import { createAdapter } from '@socket.io/redis-adapter'
import type { Redis, RedisOptions } from 'ioredis'
import type { Server } from 'socket.io'
import type { Log } from '../log/log.js'
import type { RedisAccess } from './sequenced-channel.js'

const LONGEST_PAUSE_MS = 2000

export interface SocketAdapter {
  readonly create: Parameters<Server['adapter']>[0]
  close(): Promise<void>
}

/** Carries what is sent to sockets to those of the other instances. */
export async function openRedisSocketAdapter(
  { client, prefix }: RedisAccess,
  log: Log,
): Promise<SocketAdapter> {
  // The adapter subscribes when it is made, and a connection that subscribes can do nothing else. Of its own
  // requests it awaits none: they wait until the connection is there.
  const options: Partial<RedisOptions> = {
    lazyConnect: true,
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    commandTimeout: undefined,
    retryStrategy: (times) => Math.min(times * 100, LONGEST_PAUSE_MS),
  }
  const subscriber = client.duplicate(options)
  subscriber.on('error', (error: Error) =>
    log.warn(`the sockets’ connection to Redis broke: ${error.message}`),
  )
  await subscriber.connect()
  const create = createAdapter(publisherOf(client, log), subscriber, { key: `${prefix}sockets` })
  return {
    create,
    close: async () => {
      await subscriber.quit().catch(() => subscriber.disconnect())
    },
  }
}

/**
 * The adapter leaves the promises of `publish` alone: one that rejects, because Redis is away, would end the process.
 * The sockets of this instance get the message in any case.
 */
function publisherOf(client: Redis, log: Log): object {
  const publish = (channel: string, message: string | Buffer): Promise<number> =>
    client.publish(channel, message).catch((error: unknown) => {
      log.warn(`the other instances do not get what was sent to sockets: ${String(error)}`)
      return 0
    })
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'publish') return publish
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
