import { frameworkName } from '../http/framework.js'
import { compose } from './compose.js'
import type { Configuration } from './configuration.js'
import { addressOf, assertFree, listen } from './listen.js'
import type { Log } from '../process/log.js'
import { stopServer } from './stop.js'
import { openStorage } from './storage.js'

const STOP_LIMIT_MS = 10_000

export interface RunningShop {
  /** `http://127.0.0.1:3000` */
  readonly address: string
  readonly framework: string
  readonly storage: string
  /** Answers what it was asked, then lets go of the port and the database. */
  stop(): Promise<void>
}

/** Starts the shop. Rejects with a StartError when a person can mend what is in the way; then nothing is left open. */
export async function startShop(configuration: Configuration, log: Log): Promise<RunningShop> {
  const { host, port, sampleData } = configuration
  await assertFree(host, port)
  const storage = await openStorage(configuration.storage, sampleData, log)
  try {
    const { app, draining } = compose(storage, log)
    const server = await listen(app, host, port)
    return {
      address: addressOf(server),
      framework: frameworkName,
      storage: storage.description,
      stop: async () => {
        draining.begin()
        await stopServer(server, STOP_LIMIT_MS)
        await storage.close()
      },
    }
  } catch (error) {
    await storage.close()
    throw error
  }
}
