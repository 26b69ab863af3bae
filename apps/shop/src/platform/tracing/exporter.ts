import { context, propagation, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { traceQueries } from './trace-queries.js'

/** So that a trace is there while somebody still looks for it. */
const SEND_EVERY_MS = 2000
const SEND_LIMIT_MS = 5000

/** Traces that are under way to a collector. */
export interface Exporting {
  /** Sends what is left. */
  close(): Promise<void>
}

export interface ExportOptions {
  readonly endpoint: string
  readonly serviceName: string
}

/**
 * Sends spans to a collector, in batches, by OTLP over HTTP. How many of the traces are kept says OTEL_TRACES_SAMPLER,
 * which the SDK reads itself; a collector that is away costs spans and no requests.
 */
export function startExporting({ endpoint, serviceName }: ExportOptions): Exporting {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: SEND_LIMIT_MS,
  })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: SEND_EVERY_MS })],
  })
  provider.register()
  const stopTracingQueries = traceQueries()
  return {
    close: async () => {
      stopTracingQueries()
      // What the collector did not take is lost; that is no reason not to stop.
      await provider.shutdown().catch(() => {})
      trace.disable()
      context.disable()
      propagation.disable()
    },
  }
}
