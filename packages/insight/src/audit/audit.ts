import { readLayers } from '../layers/read-layers.js'
import type { Finding, Severity } from '../types/finding.js'
import type { AnyApplication } from '../types/stack.js'
import { type Audited, type Fault, findingOf, type Rule } from './rule.js'
import { RULES } from './rules.js'
import { settingPlaceOf } from './setting-places.js'
import { stepsOf } from './steps.js'
import { toldRulesOf } from './told-rules.js'

export interface AuditOptions {
  /** Names of rules that are left out. */
  readonly ignore?: readonly string[]
  /** Judges the application as one that serves the public. Default: whether `NODE_ENV` is `production`. */
  readonly production?: boolean
}

const WEIGHTS: Readonly<Record<Severity, number>> = { advice: 0, warning: 1, error: 2 }

/**
 * Looks through the layers and settings of an application for what is known to go wrong. Nothing of the application is
 * called. A rule reports only what it can know; each says in docs/reference/audit.md how it knows, and what it can't see.
 *
 * @returns the findings, the gravest first; those of one severity in the order of their rules.
 */
export function audit(app: AnyApplication, options: AuditOptions = {}): Finding[] {
  const { ignore = [], production = process.env['NODE_ENV'] === 'production' } = options
  const audited = {
    app,
    steps: stepsOf(readLayers(app)),
    isProduction: production,
    settingPlace: (setting: string) => settingPlaceOf(app, setting),
  }
  const findings = RULES.filter(({ name }) => !ignore.includes(name))
    .flatMap((rule) => faultsOf(rule, audited).map((fault) => findingOf(rule, fault)))
    .toSorted((one, other) => WEIGHTS[other.severity] - WEIGHTS[one.severity])
  for (const { rule } of findings) toldRulesOf(app).add(rule)
  return findings
}

/** A rule that fails, over layers that nobody thought of, is no reason for an application not to start. */
function faultsOf(rule: Rule, audited: Audited): Fault[] {
  try {
    return [...rule.check(audited)]
  } catch (error) {
    process.emitWarning(`the rule ${rule.name} of the audit failed: ${String(error)}`, 'InsightWarning')
    return []
  }
}

/** Whether a severity is as grave as the other one, or graver. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return WEIGHTS[severity] >= WEIGHTS[least]
}
