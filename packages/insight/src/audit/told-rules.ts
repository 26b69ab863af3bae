import type { AnyApplication } from '../types/stack.js'

/*
 * The rules that have found something in an application: what its requests show is told once, and not again when the audit at
 * the start has found it.
 */

const told = new WeakMap<AnyApplication, Set<string>>()

export function toldRulesOf(app: AnyApplication): Set<string> {
  const known = told.get(app) ?? new Set<string>()
  told.set(app, known)
  return known
}
