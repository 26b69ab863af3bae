import { Counter } from 'prom-client'
import type { Log } from '../log/log.js'
import type { Metrics } from '../metrics/metrics.js'
import type { State } from '../state/state.js'
import { type Cache, noCache } from './cache.js'
import type { CacheConfiguration } from './configuration.js'
import { StateCache } from './state-cache.js'

export interface CacheParts {
  readonly state: State
  readonly log: Log
  readonly metrics: Metrics
}

export function openCache({ freshMs }: CacheConfiguration, { state, log, metrics }: CacheParts): Cache {
  if (freshMs === 0) return noCache
  const reads = new Counter({
    name: 'shop_cache_reads_total',
    help: 'Reads of the cache, by what was read and how it ended: hit, computed, shared, bypassed.',
    labelNames: ['kind', 'outcome'] as const,
    registers: [metrics.registry],
  })
  return new StateCache({ state, log, freshMs, observe: (kind, outcome) => reads.inc({ kind, outcome }) })
}
