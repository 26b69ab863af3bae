/**
 * `@nozomi/insight`: an application explains itself.
 */
export type { Finding, Severity } from './types/finding.js'
export type { LayerKind, LayerNode } from './types/layer-tree.js'
export type { Place } from './types/place.js'
export type { Incident, IncidentKind, LayerRun, RecordedError, RequestRecord } from './types/record.js'
