import type { TracingConfiguration } from './configuration.js'
import type { Exporting } from './exporter.js'

/**
 * Null when no collector is configured: then nothing of OpenTelemetry but its API is loaded, and no request is looked
 * at.
 */
export async function openTracing(configuration: TracingConfiguration): Promise<Exporting | null> {
  if (configuration.endpoint === null) return null
  const { startExporting } = await import('./exporter.js')
  return startExporting({ ...configuration, endpoint: configuration.endpoint })
}
