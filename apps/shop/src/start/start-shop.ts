import cluster from 'node:cluster'
import { setTimeout } from 'node:timers/promises'
import { frameworkName } from '../http/framework.js'
import type { AnyModule } from '../modules/module.js'
import type { Log } from '../platform/log/log.js'
import { createApplicationOf } from './application.js'
import type { Configuration } from './configuration.js'
import { createShopContainer } from './container.js'
import { addressOf, assertFree, listen } from './listen.js'
import { type Cradle, MODULES } from './modules.js'
import { openPlatform } from './open-platform.js'
import { RunningWorkers } from './running-workers.js'
import { StoppableServer } from './stoppable-server.js'

export interface RunningShop {
  /** `http://127.0.0.1:3000` */
  readonly address: string
  readonly framework: string
  readonly storage: string
  readonly state: string
  /** The container's names. */
  readonly cradle: Cradle
  /** Answers what it was asked, then lets go of the port and the database. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Default: all. */
  readonly modules?: readonly AnyModule[]
  /** Values by their names in the container, in place of what the modules register; for tests. */
  readonly replaced?: Readonly<Record<string, unknown>>
}

/** Starts the shop. Rejects with a StartError when a person can mend what is in the way; then nothing is left open. */
export async function startShop(
  configuration: Configuration,
  log: Log,
  { modules = MODULES, replaced = {} }: StartOptions = {},
): Promise<RunningShop> {
  const { host, port } = configuration.server
  // Of a cluster, the primary has looked, and the port is shared.
  if (!cluster.isWorker) await assertFree(host, port)
  const platform = await openPlatform(configuration, modules, log)
  const workers = new RunningWorkers(log)
  const closers: (() => Promise<void>)[] = [platform.close]
  const stop = async (): Promise<void> => {
    for (const close of closers.toReversed()) await close()
  }
  try {
    const container = createShopContainer(platform, modules, replaced)
    closers.push(() => container.dispose())
    const { draining } = container.cradle
    const app = createApplicationOf(container, modules)
    const server = await listen(app, host, port)
    const stoppable = new StoppableServer(server)
    const { delayMs, graceMs, limitMs } = configuration.process.stop
    closers.push(
      () => workers.stop(),
      async () => {
        draining.announce()
        await setTimeout(delayMs)
        // First no new connections, then the drain: whose socket is ended here shall come back elsewhere.
        const closed = stoppable.close(graceMs, Math.max(0, limitMs - delayMs))
        draining.closeConnections()
        await Promise.all([workers.drain(), closed])
      },
    )
    await workers.start(
      modules.flatMap((module) => module.workers?.(container.cradle) ?? []),
      server,
    )
    return {
      address: addressOf(server),
      framework: frameworkName,
      storage: platform.storage.description,
      state: platform.state.description,
      cradle: container.cradle,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
