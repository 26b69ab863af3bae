/** The service as a process. What it reads from the environment stands in start/configuration.ts. */
import { pino } from 'pino'
import { StartError } from './process/start-error.js'
import { readConfiguration } from './start/configuration.js'
import { startService } from './start/start-service.js'

const SAME_SIGNAL_MS = 1000

try {
  const configuration = readConfiguration(process.env)
  const log = pino({ name: 'shipping', level: configuration.logLevel })
  const service = await startService(configuration, { log })
  log.info({ http: service.httpAddress, grpc: service.grpcAddress }, 'shipping is open')
  stopOnSignal(async () => {
    log.info('shipping closes')
    await service.stop()
    log.info('shipping is closed')
  })
} catch (error) {
  const shown = error instanceof StartError ? error.message : error
  console.error('shipping can not start:', shown)
  process.exit(1)
}

/**
 * The first signal lets the service finish what it is doing, a later one ends it at once. One that follows within a
 * second counts as the same: Ctrl+C may reach us twice.
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
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error('shipping did not close well:', error)
          process.exit(1)
        },
      )
    })
  }
}
