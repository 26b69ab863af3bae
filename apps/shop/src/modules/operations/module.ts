import cluster from 'node:cluster'
import { asFunction } from 'awilix'
import type { Logger } from 'pino'
import type { Draining } from '../../http/draining.js'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { HealthCheck } from '../../platform/health/health-check.js'
import { PinoLog } from '../../platform/log/pino-log.js'
import { joinClusterMetrics } from '../../platform/metrics/cluster-metrics.js'
import type { TracingConfiguration } from '../../platform/tracing/configuration.js'
import type { Configured, ShopModule } from '../module.js'
import type { OperationsConfiguration } from './configuration.js'
import { createJsonAccessLog, createReadableAccessLog } from './http/access-log.js'
import { createCompression } from './http/compress.js'
import { createHealthRoutes } from './http/health-routes.js'
import { measureRequests } from './http/measure-requests.js'
import { createMetricsRoutes } from './http/metrics-routes.js'
import { traceRequests } from './http/trace-requests.js'
import { Readiness } from './services/readiness.js'

export interface OperationsCradle {
  readonly readiness: Readiness
  /** What writes the access log in production; null: the log of the shop is none of pino's. */
  readonly accessLogger: Logger | null
  /** What `/metrics` answers; in a cluster, the sum of all processes. */
  readonly metricsText: () => Promise<string>
}

type Needs = Configured<{
  readonly operations: OperationsConfiguration
  readonly tracing: TracingConfiguration
  readonly identity: { readonly production: boolean }
}> & {
  readonly draining: Draining
  readonly healthChecks: readonly HealthCheck[]
}

type Cradle = PlatformCradle & OperationsCradle & Needs

/** What those see who run the shop: logs, metrics, traces, health; and what makes it cheaper: compression. */
export const operationsModule: ShopModule<OperationsCradle, Needs> = {
  name: 'operations',

  register: () => ({
    readiness: asFunction(
      ({ healthChecks: checks, draining, log, configuration: { operations } }: Cradle) =>
        new Readiness({
          checks,
          limitMs: operations.checkLimitMs,
          isDraining: () => draining.isAnnounced,
          log,
        }),
    ).singleton(),
    accessLogger: asFunction(({ log }: Cradle) => (log instanceof PinoLog ? log.logger : null)).singleton(),
    metricsText: asFunction(({ metrics: { registry } }: Cradle) =>
      cluster.isWorker ? joinClusterMetrics(registry) : () => registry.metrics(),
    ).singleton(),
  }),

  observers: ({ configuration: { operations, tracing, identity }, metrics, accessLogger }) => {
    metrics.collectDefaults()
    const writeAccess =
      identity.production && accessLogger !== null
        ? createJsonAccessLog(accessLogger)
        : createReadableAccessLog()
    return [
      ...(tracing.endpoint === null ? [] : [traceRequests()]),
      measureRequests(metrics.registry),
      ...(operations.accessLog ? [writeAccess] : []),
    ]
  },

  middleware: () => [createCompression()],

  site: ({ readiness, metrics, metricsText, configuration: { operations, identity } }) => [
    {
      path: '/health',
      router: createHealthRoutes({ readiness, production: identity.production, token: operations.token }),
    },
    {
      path: '/metrics',
      router: createMetricsRoutes({ contentType: metrics.contentType, text: metricsText }, operations.token),
    },
  ],
}
