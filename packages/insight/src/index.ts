/**
 * `@nozomi/insight`: an application explains itself.
 */
export { assertAudited, AuditError, type AssertOptions } from './audit/assert-audited.js'
export { audit, type AuditOptions, isAtLeast } from './audit/audit.js'
export { auditObserved } from './audit/audit-observed.js'
export { countFindings, formatFindings, type FormatOptions } from './audit/format-findings.js'
export { type FrameworkModule, watchFramework } from './audit/watch-framework.js'
export {
  insight,
  type InsightAuditOptions,
  type InsightMiddleware,
  type InsightOptions,
  type InspectorPageOptions,
} from './insight.js'
export { expectLong } from './watch/expect-long.js'
export type { HungIgnore, HungOptions, TimingOptions, Watch, WatchOptions } from './types/watch.js'
export type { RedactOptions } from './types/redact.js'
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
export { shadowCommand, SHADOW_USAGE, type CommandContext } from './shadow/shadow-command.js'
export { FrameworkError } from './shadow/frameworks/find-frameworks.js'
export { type LiveOptions, type ShadowProxy, startShadowProxy } from './shadow/live/shadow-proxy.js'
export { runShadow } from './shadow/run-shadow.js'
export { type ShadowOptions, ShadowUsageError } from './shadow/shadow-options.js'
export { ShadowStartError } from './shadow/side/side-process.js'
export { type RecordOptions, recordTraffic, type TrafficRecorder } from './shadow/traffic/record-traffic.js'
export type { RequestInput } from './shadow/traffic/request-line.js'
export { TrafficError } from './shadow/traffic/traffic-error.js'
export type {
  ShadowDifference,
  ShadowReport,
  SideName,
  Uncompared,
} from './types/shadow.js'
