import type { TracingConfiguration } from './configuration.js'

/** Traces that are under way to a collector. */
export interface OpenTracing {
  /** Sends what is left. */
  close(): Promise<void>
}

/**
 * Null when no collector is configured: then nothing of OpenTelemetry but its API is loaded, and no request is looked
 * at.
 */
export async function openTracing(configuration: TracingConfiguration): Promise<OpenTracing | null> {
  if (configuration.endpoint === null) return null
  const { startExporting } = await import('./exporter.js')
  return startExporting({ ...configuration, endpoint: configuration.endpoint })
}
