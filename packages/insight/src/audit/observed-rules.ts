import { serverTimeoutsOff } from './observed/server-timeouts-off.js'
import { observedMemoryStore, observedSameSite } from './observed/session.js'
import { trustProxyUnset } from './observed/trust-proxy-unset.js'
import type { ObservedRule } from './observed-rule.js'

/** What is looked for in the requests that an application serves. */
export const OBSERVED_RULES: readonly ObservedRule[] = [
  trustProxyUnset,
  serverTimeoutsOff,

  observedSameSite,
  observedMemoryStore,
]
