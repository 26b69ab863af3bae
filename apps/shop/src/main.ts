/** The shop as a process: `node dist/main.js`. What it reads from the environment stands in start/configuration.ts. */
import cluster from 'node:cluster'
import { readConfiguration } from './start/configuration.js'
import { StartError } from './platform/configuration/start-error.js'

try {
  const configuration = readConfiguration(process.env)
  // Imported now, so that a wrong variable is told before anything else is loaded.
  if (configuration.process.workers > 1 && cluster.isPrimary) {
    const { runCluster } = await import('./process/run-cluster.js')
    await runCluster(configuration)
  } else {
    const { runShop } = await import('./process/run-shop.js')
    await runShop(configuration)
  }
} catch (error) {
  if (error instanceof StartError) console.warn(`\nThe shop can not start: ${error.message}\n`)
  else console.error('The shop can not start:', error)
  process.exit(1)
}
