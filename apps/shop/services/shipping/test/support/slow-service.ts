/** The service as a process in which every call waits for a minute: to be killed in the middle of one. */
import { pino } from 'pino'
import { readConfiguration } from '../../src/start/configuration.js'
import { startService } from '../../src/start/start-service.js'
import { NO_FAULTS } from '../../src/use-cases/faults.js'

const log = pino()
const faults = { ...NO_FAULTS, delayMs: 60_000 }
const { httpAddress, grpcAddress } = await startService(readConfiguration(process.env), { log, faults })
log.info({ http: httpAddress, grpc: grpcAddress }, 'shipping is open')
