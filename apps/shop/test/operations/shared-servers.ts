import { postgresIsMissing, postgresStorage } from '../support/storages.js'
import { redisIsMissing, redisState } from '../support/states.js'

export interface SharedServers {
  /** For a shop in a process of its own. */
  readonly variables: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** A schema in a real PostgreSQL and a prefix in a real Redis, for shops that share them. */
export function sharedServers(): SharedServers {
  const storage = postgresStorage()
  const state = redisState()
  if (storage.choice.kind !== 'postgres' || state.choice.kind !== 'redis')
    throw new Error('those are no servers')
  return {
    variables: {
      DATABASE_URL: storage.choice.url,
      DATABASE_SCHEMA: storage.choice.schema,
      REDIS_URL: state.choice.url,
      REDIS_PREFIX: state.choice.prefix,
    },
    remove: async () => {
      await storage.remove()
      await state.remove()
    },
  }
}

/** Why tests on real servers can't run; false when they can. */
export async function serversAreMissing(): Promise<string | false> {
  return (await postgresIsMissing()) || (await redisIsMissing())
}
