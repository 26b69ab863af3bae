import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { type Configuration, readConfiguration } from '../../src/start/configuration.js'
import { type RunningService, startService } from '../../src/start/start-service.js'
import { type Faults, NO_FAULTS } from '../../src/use-cases/faults.js'

export interface TestService extends RunningService {
  readonly faults: Faults
  /** How many calls ended, as `/metrics` has it. */
  callsEnded(labels: Readonly<Record<string, string>>): Promise<number>
  callsUnderWay(transport: string): Promise<number>
}

const SETTINGS = {
  ...readConfiguration({}),
  httpPort: 0,
  grpcPort: 0,
  dataFile: null,
  stepMs: 0,
  stopGraceMs: 0,
  stopLimitMs: 2000,
}

export const silentLog = pino({ level: 'silent' })

/** The service in this process, on free ports, in memory; parcels move when the test says so. */
export async function startTestService(settings: Partial<Configuration> = {}): Promise<TestService> {
  const faults = { ...NO_FAULTS }
  const service = await startService({ ...SETTINGS, ...settings }, { log: silentLog, faults })
  const metric = async (name: string, labels: Readonly<Record<string, string>>): Promise<number> => {
    const text = await (await fetch(`${service.httpAddress}/metrics`)).text()
    return sumOf(text, name, labels)
  }
  return {
    ...service,
    faults,
    callsEnded: (labels) => metric('shipping_calls_total', labels),
    callsUnderWay: (transport) => metric('shipping_calls_under_way', { transport }),
  }
}

/** The sum of the samples of a metric that have these labels. */
function sumOf(text: string, name: string, labels: Readonly<Record<string, string>>): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`))
    .filter((line) => Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

/** Waits until something holds; fails with what it was. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`it never came to be: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
