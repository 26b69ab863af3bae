/**
 * `@nozomi/insight`: an application explains itself.
 */
export { explain } from './routes/explain.js'
export type {
  Difference,
  Ending,
  ExplainedLayer,
  Explanation,
  NearRoute,
  SkipReason,
  Verdict,
} from './routes/explanation.js'
export { formatExplanation, type FormatExplanationOptions } from './routes/format-explanation.js'
export { formatRoutes } from './routes/format-routes.js'
export { type RouteEntry, type RouteHandler, type RouteMiddleware, routes } from './routes/routes.js'
export type { Finding, Severity } from './types/finding.js'
export type { LayerKind, LayerNode } from './types/layer-tree.js'
export type { Place } from './types/place.js'
export type { Incident, IncidentKind, LayerRun, RecordedError, RequestRecord } from './types/record.js'
