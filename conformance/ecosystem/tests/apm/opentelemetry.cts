// What a user loads with --require: OpenTelemetry with its instrumentations of HTTP and Express.
import { SpanKind } from '@opentelemetry/api'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'

const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
provider.register()
registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new ExpressInstrumentation()] })

process.on('message', () => {
  const finished = exporter.getFinishedSpans()
  const nameOf = new Map(finished.map((span) => [span.spanContext().spanId, span.name]))
  process.send?.(
    finished.map((span) => ({
      name: span.name,
      kind: SpanKind[span.kind],
      parent: nameOf.get(span.parentSpanContext?.spanId ?? '') ?? null,
      attributes: span.attributes,
      failed: span.status.code === 2,
      events: span.events.map((event) => event.attributes?.['exception.message'] ?? event.name),
    })),
  )
})
