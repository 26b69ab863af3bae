/** The shop as a process: `node dist/main.js`. What it reads from the environment stands in start/configuration.ts. */
import { readConfiguration } from './start/configuration.js'
import { consoleLog } from './process/log.js'
import { StartError } from './process/start-error.js'

const SAME_SIGNAL_MS = 1000

try {
  const configuration = readConfiguration(process.env)
  // Imported now, so that a wrong variable is told before anything else is loaded.
  const { startShop } = await import('./start/start-shop.js')
  const shop = await startShop(configuration, consoleLog)
  stopOnSignal(shop.stop)
  consoleLog.info(`
  The shop is open:  ${shop.address}

  framework  ${shop.framework}
  database   ${shop.storage}
  ready in   ${(process.uptime()).toFixed(1)} s; Ctrl+C stops it
`)
} catch (error) {
  if (error instanceof StartError) consoleLog.warn(`\nThe shop can not start: ${error.message}\n`)
  else consoleLog.error('The shop can not start:', error)
  process.exit(1)
}

/**
 * The first signal lets the shop finish what it is doing, a later one ends it at once. One that follows within a
 * second counts as the same: Ctrl+C reaches us from the terminal, and once more from npm.
 */
function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | null = null
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stoppingSince !== null) {
        if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1)
        return
      }
      stoppingSince = performance.now()
      consoleLog.info('\nclosing the shop ...')
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          consoleLog.error('the shop did not close well:', error)
          process.exit(1)
        },
      )
    })
  }
}
