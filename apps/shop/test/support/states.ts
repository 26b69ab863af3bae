import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { StateChoice } from '#shop/platform/state/configuration.js'
import { once } from './once.js'

/** A state for one test run, and how all of it is removed afterwards. */
export interface TestState {
  readonly choice: StateChoice
  remove(): Promise<void>
}

/** A Redis server for tests; each run has a prefix of its own in it. */
export const REDIS_URL = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/0'

export function memoryState(): TestState {
  return { choice: { kind: 'memory' }, remove: async () => {} }
}

export function redisState(): TestState {
  const prefix = `shop-test-${randomUUID()}:`
  return {
    choice: { kind: 'redis', url: REDIS_URL, prefix },
    remove: () =>
      onRedis(async (client) => {
        for await (const keys of client.scanStream({ match: `${prefix}*` })) {
          for (const key of keys as string[]) await client.del(key)
        }
      }),
  }
}

/** Why tests on a real Redis can't run; false when they can. */
export const redisIsMissing = once(async (): Promise<string | false> => {
  try {
    await onRedis((client) => client.ping())
    return false
  } catch (error) {
    return `no Redis at ${new URL(REDIS_URL).host} (TEST_REDIS_URL): ${String(error)}; the same suite ran in memory`
  }
})

async function onRedis(use: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(REDIS_URL, {
    lazyConnect: true,
    connectTimeout: 10_000,
    retryStrategy: () => null,
  })
  // What goes wrong, the call says.
  client.on('error', () => {})
  try {
    await client.connect()
    await use(client)
  } finally {
    client.disconnect()
  }
}
