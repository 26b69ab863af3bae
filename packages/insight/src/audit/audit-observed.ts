import type { ObservedRequest } from '../types/events.js'
import type { Finding } from '../types/finding.js'
import type { AnyApplication } from '../types/stack.js'
import type { AuditOptions } from './audit.js'
import { OBSERVED_RULES } from './observed-rules.js'
import { findingOf } from './rule.js'
import { toldRulesOf } from './told-rules.js'

/**
 * What only shows while the application serves: to be called with requests when they are answered. Most calls find nothing;
 * each rule finds something once for an application, and nothing that `audit(app)` has found.
 *
 * It reads the request and its socket, and calls nothing of the application.
 */
export function auditObserved(
  app: AnyApplication,
  req: ObservedRequest,
  options: AuditOptions = {},
): Finding[] {
  const { ignore = [], production = process.env['NODE_ENV'] === 'production' } = options
  const names = toldRulesOf(app)
  return OBSERVED_RULES.flatMap((rule) => {
    if (names.has(rule.name) || ignore.includes(rule.name)) return []
    const fault = rule.check({ app, req, isProduction: production })
    if (fault === null) return []
    names.add(rule.name)
    return [findingOf(rule, { ...fault, place: null })]
  })
}
