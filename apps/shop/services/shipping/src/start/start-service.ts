import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { openFileJournal } from '../storage/open-file-journal.js'
import { noJournal } from '../storage/no-journal.js'
import type { Faults } from '../use-cases/faults.js'
import { compose } from './compose.js'
import type { Configuration } from './configuration.js'
import { assertFree, inAddress, listenGrpc, listenHttp, portOf } from './listen.js'
import { stopGrpc, stopHttp } from './stop.js'

export interface RunningService {
  /** `http://127.0.0.1:4100` */
  readonly httpAddress: string
  /** `127.0.0.1:4101` */
  readonly grpcAddress: string
  /** Takes a parcel one state further, when it does not move by itself. */
  step(tracking: string): Promise<void>
  /** Answers what it was asked, then lets go of the ports and the file. */
  stop(): Promise<void>
}

export interface ServiceOptions {
  readonly log: Logger
  /** Switches that tests turn; without them there are no faults. */
  readonly faults?: Readonly<Faults>
}

/** Starts the service. Rejects with a StartError when a person can mend what is in the way; then nothing is open. */
export async function startService(
  configuration: Configuration,
  { log, faults }: ServiceOptions,
): Promise<RunningService> {
  const { host, httpPort, grpcPort, dataFile, stopGraceMs, stopLimitMs } = configuration
  await assertFree(host, httpPort, 'SHIPPING_HTTP_PORT')
  await assertFree(host, grpcPort, 'SHIPPING_GRPC_PORT')
  const { journal, kept } =
    dataFile === null ? { journal: noJournal, kept: [] } : await openFileJournal(dataFile, log)
  const { app, grpc, courier, draining, stopping } = compose(configuration, { journal, kept, log, faults })
  const close = async (): Promise<void> => {
    courier.stop()
    await journal.close()
  }
  try {
    const boundGrpcPort = await listenGrpc(grpc, host, grpcPort)
    const http = await listenHttp(app, host, httpPort)
    return {
      httpAddress: `http://${inAddress(host)}:${portOf(http)}`,
      grpcAddress: `${inAddress(host)}:${boundGrpcPort}`,
      step: (tracking) => courier.step(tracking),
      stop: async () => {
        draining.begin()
        await delay(stopGraceMs)
        stopping.abort()
        await Promise.all([stopHttp(http, stopLimitMs), stopGrpc(grpc, stopLimitMs)])
        await close()
      },
    }
  } catch (error) {
    grpc.forceShutdown()
    await close()
    throw error
  }
}
