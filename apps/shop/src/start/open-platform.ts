import type { AnyModule } from '../modules/module.js'
import { openCache } from '../platform/cache/open-cache.js'
import { systemClock } from '../platform/clock/clock.js'
import { type Fill, openStorage } from '../platform/database/storage.js'
import { openEventBus } from '../platform/events/open-event-bus.js'
import type { Log } from '../platform/log/log.js'
import { Metrics } from '../platform/metrics/metrics.js'
import { openState } from '../platform/state/open-state.js'
import { openTracing } from '../platform/tracing/open-tracing.js'
import type { Configuration } from './configuration.js'
import type { Platform } from './container.js'

export interface OpenPlatform extends Platform {
  /** In the order in which they need one another. */
  close(): Promise<void>
}

/** Opens what the shop stands on. When something can't be opened, what was opened before is closed again. */
export async function openPlatform(
  configuration: Configuration,
  modules: readonly AnyModule[],
  log: Log,
): Promise<OpenPlatform> {
  const opened: { close(): Promise<void> }[] = []
  const close = async (): Promise<void> => {
    for (const part of opened.splice(0).toReversed()) await part.close()
  }
  try {
    const tracing = await openTracing(configuration.tracing)
    if (tracing !== null) opened.push(tracing)
    const storage = await openStorage(configuration.storage, fillOf(modules, configuration), log)
    opened.push(storage)
    const state = await openState(configuration.state, log)
    opened.push(state)
    const events = await openEventBus(configuration.events, log)
    opened.push(events)
    const metrics = new Metrics()
    const cache = openCache(configuration.cache, { state, log, metrics })
    return { configuration, storage, state, events, cache, metrics, clock: systemClock, log, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What each module lays in, in their order. */
function fillOf(modules: readonly AnyModule[], configuration: Configuration): Fill {
  const fills = modules.flatMap((module) => module.fill?.({ configuration }) ?? [])
  return {
    sql: async (database) => {
      for (const fill of fills) await fill.sql(database)
    },
    memory: async (memory) => {
      for (const fill of fills) await fill.memory(memory)
    },
  }
}
