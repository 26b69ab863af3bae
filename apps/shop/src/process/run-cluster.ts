import cluster from 'node:cluster'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Registry } from 'prom-client'
import { StartError } from '../platform/configuration/start-error.js'
import { serveClusterMetrics } from '../platform/metrics/cluster-metrics.js'
import type { Configuration } from '../start/configuration.js'
import { assertFree } from '../start/listen.js'
import { createProcessLog } from '../start/log.js'
import { announce } from './run-shop.js'
import { ShopCluster } from './shop-cluster.js'
import { stopOnSignal } from './stop-on-signal.js'

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url))

/** Runs the shop in several processes, with this one as their primary. SIGHUP renews them. */
export async function runCluster(configuration: Configuration): Promise<void> {
  const { workers, stop } = configuration.process
  assertShared(configuration)
  await assertFree(configuration.server.host, configuration.server.port)
  // Not what was started by hand: `npm start` looks first whether there is something to build.
  cluster.setupPrimary({ exec: MAIN, execArgv: ['--enable-source-maps'] })
  const log = createProcessLog(configuration.log)
  const registry = new Registry()
  const shops = new ShopCluster({
    workers,
    variables: commonSecrets(configuration),
    stopLimitMs: stop.limitMs,
    log,
    registry,
  })
  serveClusterMetrics(registry)
  stopOnSignal({ stop: () => shops.stop(), limitMs: stop.limitMs + 5000, log })
  const ready = await shops.start().catch(async (error: Error) => {
    await shops.stop()
    // The worker has said why.
    throw new StartError(error.message)
  })
  process.on('SIGHUP', () => void shops.renew())
  announce(ready, workers)
}

/** Each process has a memory of its own: what they keep there, the others do not know. */
function assertShared({ process: { workers }, storage, state }: Configuration): void {
  const missing = [
    ...(storage.kind === 'postgres' ? [] : ['DATABASE_URL']),
    ...(state.kind === 'redis' ? [] : ['REDIS_URL']),
  ]
  if (missing.length === 0) return
  const names = missing.join(' and ')
  throw new StartError(
    `WORKERS is ${workers}, and several processes can share neither an embedded database nor their memory.\n` +
      `Set ${names} to a server, or leave WORKERS out.`,
  )
}

/** What one process signs, the others must take. */
function commonSecrets({ identity }: Configuration): Record<string, string> {
  return {
    ...(identity.tokenSecret === null && { TOKEN_SECRET: newSecret() }),
    ...(identity.sessionSecret === null && { SESSION_SECRET: newSecret() }),
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
