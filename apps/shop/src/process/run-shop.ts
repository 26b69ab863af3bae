import cluster from 'node:cluster'
import type { Configuration } from '../start/configuration.js'
import { createProcessLog } from '../start/log.js'
import { type RunningShop, startShop } from '../start/start-shop.js'
import { stopOnSignal } from './stop-on-signal.js'
import type { WorkerMessage } from './worker-message.js'

/** Runs a shop in this process, alone or as a worker of a cluster. */
export async function runShop(configuration: Configuration): Promise<void> {
  const log = createProcessLog(configuration.log)
  const shop = await startShop(configuration, log)
  const stop = stopOnSignal({ stop: shop.stop, limitMs: configuration.process.stop.limitMs, log })
  if (!cluster.isWorker) {
    announce(shop)
    return
  }
  // Both are for the primary, which has us restarted or stopped.
  process.on('SIGHUP', () => {})
  // The primary is gone: nobody would stop us.
  process.once('disconnect', () => stop())
  const ready: WorkerMessage = {
    shop: 'ready',
    address: shop.address,
    storage: shop.storage,
    state: shop.state,
    framework: shop.framework,
  }
  process.send?.(ready)
}

/** For people: where it is, and what it stands on. */
export function announce(
  { address, framework, storage, state }: Pick<RunningShop, 'address' | 'framework' | 'storage' | 'state'>,
  processes = 1,
): void {
  console.log(`
  The shop is open:  ${address}

  framework  ${framework}
  database   ${storage}
  state      ${state}${processes > 1 ? `\n  processes  ${processes}; SIGHUP to ${process.pid} renews them` : ''}
  ready in   ${(process.uptime()).toFixed(1)} s; Ctrl+C stops it
`)
}
