import { destination } from 'pino'
import { trace } from '@opentelemetry/api'
import { currentContext } from '../http/request-context.js'
import type { LogConfiguration } from '../platform/log/configuration.js'
import type { LogFields } from '../platform/log/log.js'
import { createPinoLog, type PinoLog } from '../platform/log/pino-log.js'
import { createTextLines } from '../platform/log/text-lines.js'

/** The log of the process, on its standard output; each line knows the request that it belongs to. */
export function createProcessLog({ level, format }: LogConfiguration): PinoLog {
  return createPinoLog({
    level,
    // Synchronous: the last line before the end of the process is the one that is needed most.
    destination:
      format === 'json' ? destination({ sync: true }) : createTextLines((text) => process.stdout.write(text)),
    fieldsOfNow: () => ({ ...currentContext()?.logFields, ...traceOfNow() }),
  })
}

/** So that a line is found from its trace, and the other way round. */
function traceOfNow(): LogFields {
  const span = trace.getActiveSpan()
  return span === undefined ? {} : { traceId: span.spanContext().traceId }
}
