import { context, propagation } from '@opentelemetry/api'

/** The fields that make a call a part of the trace that is under way (`traceparent`); none when there is no trace. */
export function traceFields(): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {}
  propagation.inject(context.active(), fields)
  return fields
}
